import type { EditorView } from '@codemirror/view';
import { numberText, stepOf } from './literals';

const number = /\d+\.?\d*(?:[eE][+-]?\d+)?/g;

/** Makes the number under the cursor a step larger or smaller. False when there is none. */
export function turnAtCursor(view: EditorView, direction: 1 | -1): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const at = head - line.from;
  const found = [...line.text.matchAll(number)].find(
    ({ index, 0: text }) =>
      at >= index && at <= index + text.length && !/[\w.]/.test(line.text[index - 1] ?? ''),
  );
  if (found === undefined) return false;
  const from = line.from + found.index;
  const value = Number(found[0]);
  const step = stepOf({ value, range: undefined, unit: undefined });
  const next = numberText(Math.max(0, value + direction * step));
  view.dispatch({
    changes: { from, to: from + found[0].length, insert: next },
    selection: { anchor: from + next.length },
    userEvent: 'input.turn',
  });
  return true;
}
