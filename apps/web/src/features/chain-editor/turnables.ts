import type { Literal } from './literals';
import { measureOf, measureValue, type ParameterInUse, type Tried } from './parameters';
import type { Turnable } from './turn';

type Replace = (span: { readonly from: number; readonly to: number }, text: string) => void;

/** A parameter whose number can be turned for the preview alone; undefined when its value is none. */
export function tryOf(
  parameter: ParameterInUse,
  onTry: (changes: Tried) => void,
  known?: Pick<Literal, 'label' | 'doc' | 'range'>,
): Turnable | undefined {
  const { name, value } = parameter;
  const measure = measureOf(value);
  if (measure === undefined) return undefined;
  return {
    id: `try ${name}`,
    label: known?.label ?? name,
    doc: known?.doc ?? '',
    range: known?.range,
    value: measure.value,
    unit: measure.unit,
    onValue: (text) => onTry({ [name]: measureValue({ ...measure, value: Number(text) }) }),
    onUnit: (unit) => onTry({ [name]: measureValue({ ...measure, unit }) }),
  };
}

/**
 * What of a processor can be turned: the numbers of its text, and parameters that it looks up. A default does nothing
 * where another value counts: then that value is turned, for the preview alone.
 */
export function turnablesOf(
  literals: readonly Literal[],
  parameters: readonly ParameterInUse[],
  { onReplace, onTry }: { readonly onReplace: Replace; readonly onTry: (changes: Tried) => void },
): Turnable[] {
  const other = new Map(
    parameters.filter(({ origin }) => origin !== 'default').map((one) => [one.name, one] as const),
  );
  const inText = literals.flatMap((literal): Turnable[] => {
    const [, , field, name] = literal.path;
    const parameter = field === 'defaults' ? other.get(String(name)) : undefined;
    if (parameter !== undefined) {
      other.delete(parameter.name);
      return listOf(tryOf(parameter, onTry, literal));
    }
    const { unit } = literal;
    return [
      {
        ...literal,
        unit: unit?.name,
        onValue: (text) => onReplace(literal, text),
        onUnit: (text) => {
          if (unit !== undefined) onReplace(unit, text);
        },
      },
    ];
  });
  return [...inText, ...[...other.values()].flatMap((one) => listOf(tryOf(one, onTry)))];
}

function listOf<T>(one: T | undefined): T[] {
  return one === undefined ? [] : [one];
}
