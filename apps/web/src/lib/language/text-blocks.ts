/** A part of a text: lines of one paragraph, or points of a list. */
export interface TextBlock {
  readonly kind: 'paragraph' | 'list';
  readonly lines: readonly string[];
}

/** Blank lines part paragraphs; a line that begins with `- ` is a point of a list, and lines behind it belong to it. */
export function blocksOf(text: string): TextBlock[] {
  return text
    .split(/\n[^\S\n]*\n/)
    .map((part) => part.split('\n').map((line) => line.trim()))
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines): TextBlock => (lines[0]!.startsWith('- ') ? listOf(lines) : { kind: 'paragraph', lines }));
}

function listOf(lines: readonly string[]): TextBlock {
  const points: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) points.push(line.slice(2));
    else points.push(`${points.pop() ?? ''} ${line}`);
  }
  return { kind: 'list', lines: points };
}
