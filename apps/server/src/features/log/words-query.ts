/**
 * A text search for all words of what a person typed, each as a beginning: `calib th` finds "calibration Th-228".
 * Undefined when there is no word in it. The text is cut as `words_of` in the database cuts.
 */
export function wordsQuery(typed: string): string | undefined {
  const words = typed.replace(/[!-/:-@[-`{-~\s\0]+/g, ' ').trim();
  if (words === '') return undefined;
  return words
    .split(' ')
    .map((word) => `'${word}':*`)
    .join(' & ');
}
