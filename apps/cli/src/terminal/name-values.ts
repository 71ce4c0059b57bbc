import { InvalidArgumentError } from 'commander';

/** Collects `name=value` of an option that may be given several times. */
export function namedValue(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must be name=value, for example run=r001.');
  return { ...before, [name]: value };
}

/** A number, as a command line argument. */
export function plainNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
