import { ExpressionError } from '@countroom/expressions';
import { Lh5Error } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import type { ReadingFault } from './readings.js';

/** What is wrong, as threads tell it; `place` is where options of a query stand in what was asked. */
export function faultOf(error: unknown, place = 'body.query'): ReadingFault {
  if (error instanceof ExpressionError)
    return { code: 'cut-invalid', reason: error.reason, object: undefined, position: error.position };
  if (error instanceof Lh5Error) return { code: error.code, reason: error.reason, object: error.object };
  if (error instanceof StageError) {
    const reason = error.message.replace(/^skim: /, '');
    const issues = error.issues.map(({ path, message }) => ({ path: `${place}.${path}`, message }));
    return { code: 'options-invalid', reason, object: undefined, issues };
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal', reason, object: undefined };
}
