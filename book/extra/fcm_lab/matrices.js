// What the engine needs of linear algebra. A matrix is an array of rows.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.matrices = (() => {
  const SQUARINGS = 50;
  const SWEEPS = 60;
  // Singular values below this share of the largest count as none, as in NumPy's `pinv`.
  const NONE = 1e-15;

  function zeros(rows, columns) {
    return Array.from({ length: rows }, () => new Float64Array(columns));
  }

  function identity(n) {
    const matrix = zeros(n, n);
    for (let i = 0; i < n; i += 1) matrix[i][i] = 1;
    return matrix;
  }

  function multiply(left, right) {
    const columns = right.length ? right[0].length : 0;
    const product = zeros(left.length, columns);
    for (let i = 0; i < left.length; i += 1) {
      for (let k = 0; k < right.length; k += 1) {
        const factor = left[i][k];
        if (factor === 0) continue;
        for (let j = 0; j < columns; j += 1) product[i][j] += factor * right[k][j];
      }
    }
    return product;
  }

  function transpose(matrix) {
    const columns = matrix.length ? matrix[0].length : 0;
    return Array.from({ length: columns }, (_, j) => Float64Array.from(matrix, (row) => row[j]));
  }

  function largestEntry(matrix) {
    let largest = 0;
    for (const row of matrix) for (const value of row) largest = Math.max(largest, Math.abs(value));
    return largest;
  }

  /** Largest absolute eigenvalue, as the limit of ‖A^m‖^(1/m) over m = 1, 2, 4, … (Gelfand 1941). */
  function spectralRadius(matrix) {
    let power = matrix;
    let logarithm = 0;
    for (let k = 0; k <= SQUARINGS; k += 1) {
      const size = largestEntry(power);
      if (size === 0) return 0;
      logarithm += Math.log(size) / 2 ** k;
      power = power.map((row) => row.map((value) => value / size));
      if (k < SQUARINGS) power = multiply(power, power);
    }
    return Math.exp(logarithm);
  }

  /** Largest singular value. */
  function spectralNorm(matrix) {
    return Math.sqrt(spectralRadius(multiply(matrix, transpose(matrix))));
  }

  /** x with A x = b by elimination with pivots; where A is singular, the shortest x that comes nearest. */
  function solve(matrix, right) {
    const n = right.length;
    const rows = matrix.map((row) => Float64Array.from(row));
    const x = Float64Array.from(right);
    for (let k = 0; k < n; k += 1) {
      let pivot = k;
      for (let i = k + 1; i < n; i += 1) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
      if (rows[pivot][k] === 0) return leastSquares(matrix, right);
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      [x[k], x[pivot]] = [x[pivot], x[k]];
      for (let i = k + 1; i < n; i += 1) {
        const factor = rows[i][k] / rows[k][k];
        if (factor === 0) continue;
        for (let j = k; j < n; j += 1) rows[i][j] -= factor * rows[k][j];
        x[i] -= factor * x[k];
      }
    }
    for (let k = n - 1; k >= 0; k -= 1) {
      for (let j = k + 1; j < n; j += 1) x[k] -= rows[k][j] * x[j];
      x[k] /= rows[k][k];
    }
    return x;
  }

  /** Pseudo-inverse times b, by turning the columns of A until they are orthogonal (Hestenes 1958). */
  function leastSquares(matrix, right) {
    const n = right.length;
    const columns = transpose(matrix);
    const turned = identity(n);
    const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    let moved = true;
    for (let sweep = 0; sweep < SWEEPS && moved; sweep += 1) {
      moved = false;
      for (let p = 0; p < n - 1; p += 1) {
        for (let q = p + 1; q < n; q += 1) {
          const [a, b, c] = [
            dot(columns[p], columns[p]),
            dot(columns[q], columns[q]),
            dot(columns[p], columns[q]),
          ];
          if (Math.abs(c) <= 1e-16 * Math.sqrt(a * b)) continue;
          moved = true;
          const zeta = (b - a) / (2 * c);
          const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
          const cosine = 1 / Math.hypot(1, tangent);
          turn(columns, p, q, cosine, cosine * tangent);
          turn(turned, p, q, cosine, cosine * tangent);
        }
      }
    }
    const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
    const least = NONE * Math.max(...sizes);
    const x = new Float64Array(n);
    for (let k = 0; k < n; k += 1) {
      if (sizes[k] <= least) continue;
      const share = dot(columns[k], right) / sizes[k] ** 2;
      for (let i = 0; i < n; i += 1) x[i] += share * turned[k][i];
    }
    return x;
  }

  function turn(columns, p, q, cosine, sine) {
    const [a, b] = [columns[p], columns[q]];
    columns[p] = a.map((value, i) => cosine * value - sine * b[i]);
    columns[q] = b.map((value, i) => sine * a[i] + cosine * value);
  }

  return { zeros, identity, multiply, transpose, spectralRadius, spectralNorm, solve };
})();
