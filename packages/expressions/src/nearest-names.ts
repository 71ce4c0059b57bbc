const mostNamed = 3;
const mostListed = 12;

/**
 * The known names that a name may have been meant for, closest first, three at most: those that differ by no more than a
 * third of its characters (one that is missing, added, wrong, or exchanged with its neighbour counts as one), and those that
 * differ by capital letters alone.
 */
export function nearestNames(name: string, known: Iterable<string>): string[] {
  const most = Math.floor(name.length / 3);
  const found: { readonly other: string; readonly off: number }[] = [];
  for (const other of known) {
    if (Math.abs(other.length - name.length) > most) continue;
    const off = name.toLowerCase() === other.toLowerCase() ? 0 : distance(name, other);
    if (off <= most) found.push({ other, off });
  }
  return found
    .sort((a, b) => a.off - b.off)
    .slice(0, mostNamed)
    .map(({ other }) => other);
}

/** What a name may have been meant for, or what there is: a half sentence for error texts, empty when nothing is known. */
export function insteadOf(name: string, known: Iterable<string>): string {
  const all = [...known];
  const near = nearestNames(name, all);
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`;
  if (all.length === 0) return '';
  const left = all.length - mostListed;
  return `there are ${all.slice(0, mostListed).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** Changes of single characters that make one text the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
