/** `3, 7, 12-15` as numbers of rows, runs or what is said, each once and in order; a text says what is wrong with it. */
export function parseNumbers(text: string, most: number, what = 'row'): readonly number[] | string {
  const found = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === '') return `${part} is no number of a ${what}; write 3, 7, 12-15`;
    const [first, last] = [Number(from), Number(to)];
    if (last < first) return `${part}: the second number must not be below the first`;
    if (found.size + last - first + 1 > most) return `at most ${most} ${what}s can be named`;
    for (let row = first; row <= last; row += 1) found.add(row);
  }
  return [...found].sort((a, b) => a - b);
}

/** Numbers as short as they can be written: `3, 7, 12-15`. */
export function numbersText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}
