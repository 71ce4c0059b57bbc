/**
 * Solves a system of linear equations, `matrix` row by row, by elimination with row exchange. Both arrays are
 * overwritten; the solution is in `right`. False when the matrix has no inverse.
 */
export function solve(matrix: Float64Array, right: Float64Array): boolean {
  const n = right.length;
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < n; row += 1) {
      if (Math.abs(matrix[row * n + column]!) > Math.abs(matrix[pivot * n + column]!)) pivot = row;
    }
    const head = matrix[pivot * n + column]!;
    if (!(Math.abs(head) > 0)) return false;
    if (pivot !== column) {
      for (let k = column; k < n; k += 1) {
        const kept = matrix[column * n + k]!;
        matrix[column * n + k] = matrix[pivot * n + k]!;
        matrix[pivot * n + k] = kept;
      }
      const kept = right[column]!;
      right[column] = right[pivot]!;
      right[pivot] = kept;
    }
    for (let row = column + 1; row < n; row += 1) {
      const factor = matrix[row * n + column]! / head;
      if (factor === 0) continue;
      for (let k = column; k < n; k += 1) matrix[row * n + k]! -= factor * matrix[column * n + k]!;
      right[row]! -= factor * right[column]!;
    }
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let sum = right[row]!;
    for (let k = row + 1; k < n; k += 1) sum -= matrix[row * n + k]! * right[k]!;
    right[row] = sum / matrix[row * n + row]!;
  }
  return true;
}
