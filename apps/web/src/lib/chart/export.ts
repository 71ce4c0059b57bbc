/** Offers text or a data URL to the reader as a file. */
export function saveFile(name: string, content: Blob | string): void {
  const url = typeof content === 'string' ? content : URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  if (typeof content !== 'string') setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Columns of numbers as CSV with one head line; shorter columns end with empty cells, NaN is empty. */
export function csv(
  columns: readonly { readonly name: string; readonly values: ArrayLike<number> }[],
): string {
  const rows = Math.max(0, ...columns.map((column) => column.values.length));
  const lines = [columns.map((column) => quote(column.name)).join(',')];
  for (let row = 0; row < rows; row += 1) {
    lines.push(columns.map((column) => cell(column.values[row])).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Saves columns as a CSV file. */
export function saveCsv(name: string, columns: Parameters<typeof csv>[0]): void {
  saveFile(name, new Blob([csv(columns)], { type: 'text/csv' }));
}

/** Saves a value as a JSON file. */
export function saveJson(name: string, value: unknown): void {
  saveFile(name, new Blob([`${JSON.stringify(value)}\n`], { type: 'application/json' }));
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
