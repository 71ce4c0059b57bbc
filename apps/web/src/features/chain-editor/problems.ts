import type { ChainFinding } from '@countroom/dsp';
import type { JsonPlaces, Span } from './json-places';

/** Something wrong with the text, at its place. */
export interface Problem extends Span {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number;
}

/** What is no JSON first, then what the chain builder found, in the order of the text. */
export function problemsOf(
  places: JsonPlaces,
  syntaxFault: string | null,
  findings: readonly ChainFinding[],
): Problem[] {
  const problems: Omit<Problem, 'line'>[] = [];
  if (syntaxFault !== null) {
    const span = places.firstFault() ?? { from: places.text.length - 1, to: places.text.length };
    problems.push({ severity: 'error', message: syntaxFault, ...span });
  }
  for (const { key, from, to } of places.doubledKeys()) {
    const message = `'${key}' is there twice: only the last one counts`;
    problems.push({ severity: 'error', message, from, to });
  }
  for (const { severity, message, path, character } of findings)
    problems.push({ severity, message, ...spanOf(places, path, character) });
  const length = places.text.length;
  return problems
    .map(({ from, to, ...problem }) => {
      const begin = Math.max(0, Math.min(from, length));
      return {
        ...problem,
        from: begin,
        to: Math.max(begin, Math.min(to, length)),
        line: lineOf(places.text, begin),
      };
    })
    .sort((a, b) => a.from - b.from);
}

/** From the character at fault to the end of the text, when the text is written as it is read. */
function spanOf(places: JsonPlaces, path: ChainFinding['path'], character: number | undefined): Span {
  const span = places.spanOf(path);
  if (character === undefined || places.text.slice(span.from, span.to).includes('\\')) return span;
  const from = Math.min(span.from + 1 + character, span.to - 1);
  return { from, to: Math.max(from + 1, span.to - 1) };
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** The words of JSON.parse without the place, which is marked. */
export function syntaxFaultOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (fault) {
    const words =
      fault instanceof Error ? fault.message.replace(/,? (in JSON|at position|\(line)[^]*$/, '') : '';
    return `This is no JSON${words === '' ? '' : `: ${words}`}`;
  }
}
