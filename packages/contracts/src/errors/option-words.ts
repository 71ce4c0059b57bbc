/** How faults of options are said in a language; every text stands behind the name of its place. */
export interface OptionWords {
  /** A value of another type; `type` is a name of `types`. */
  readonly type: (type: string) => string;
  readonly missing: (type: string) => string;
  /** Names of the types of JSON Schema, with their article. */
  readonly types: Readonly<Record<string, string>>;
  readonly otherType: (expected: string) => string;
  readonly or: string;
  /** A limit of a number, a text or a list; `limit` is inclusive unless `open`. */
  readonly least: (what: Counted, limit: string, open: boolean) => string;
  readonly most: (what: Counted, limit: string, open: boolean) => string;
  readonly exactly: (what: Counted, limit: string) => string;
  readonly oneOf: (values: readonly string[]) => string;
  readonly multipleOf: (divisor: string) => string;
  readonly otherForm: string;
  /** A key that the schema does not have; `known` is undefined when that is not known. */
  readonly noOption: (key: string, known: readonly string[] | undefined) => string;
}

/** What a limit counts: the number itself, characters of a text, or entries of a list. */
export type Counted = 'number' | 'characters' | 'entries';

const counted: Readonly<Record<Counted, (limit: string) => string>> = {
  number: (limit) => limit,
  characters: (limit) => `${limit} ${limit === '1' ? 'character' : 'characters'}`,
  entries: (limit) => `${limit} ${limit === '1' ? 'entry' : 'entries'}`,
};
const verb = (what: Counted): string => (what === 'number' ? 'must be' : 'must have');

/** English. */
export const englishOptionWords: OptionWords = {
  type: (type) => `must be ${type}`,
  missing: (type) => `is missing; it must be ${type}`,
  types: {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object of options',
    record: 'an object of names and values',
  },
  otherType: (expected) => `of type ${expected}`,
  or: 'or',
  least: (what, limit, open) => `${verb(what)} ${open ? 'more than' : 'at least'} ${counted[what](limit)}`,
  most: (what, limit, open) => `${verb(what)} ${open ? 'less than' : 'at most'} ${counted[what](limit)}`,
  exactly: (what, limit) => `${verb(what)} exactly ${counted[what](limit)}`,
  oneOf: (values) => (values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`),
  multipleOf: (divisor) => `must be a multiple of ${divisor}`,
  otherForm: 'does not have the form that is asked for here',
  noOption: (key, known) => {
    if (known === undefined) return `there is no option ${key}`;
    return `there is no option ${key}; ${known.length === 0 ? 'it takes none' : `there are ${known.join(', ')}`}`;
  },
};
