import { type Counted, englishOptionWords, type Language, type OptionWords } from '@countroom/contracts';

const counted: Readonly<Record<Counted, readonly [one: string, more: string]>> = {
  number: ['', ''],
  characters: [' Zeichen', ' Zeichen'],
  entries: [' Eintrag', ' Einträge'],
};

function amount(what: Counted, limit: string): string {
  const [one, more] = counted[what];
  return `${limit}${limit === '1' ? one : more}`;
}

const verb = (what: Counted): string => (what === 'number' ? 'muss' : 'braucht');
const end = (what: Counted): string => (what === 'number' ? ' sein' : '');

const german: OptionWords = {
  type: (type) => `muss ${type} sein`,
  missing: (type) => `fehlt; es muss ${type} sein`,
  types: {
    string: 'ein Text',
    number: 'eine Zahl',
    int: 'eine ganze Zahl',
    boolean: 'true oder false',
    array: 'eine Liste',
    object: 'ein Objekt mit Angaben',
    record: 'ein Objekt aus Namen und Werten',
  },
  otherType: (expected) => `vom Typ ${expected}`,
  or: 'oder',
  least: (what, limit, open) =>
    `${verb(what)} ${open ? 'mehr als' : 'mindestens'} ${amount(what, limit)}${end(what)}`,
  most: (what, limit, open) =>
    `darf ${open ? 'nur weniger als' : 'höchstens'} ${amount(what, limit)} ${what === 'number' ? 'sein' : 'haben'}`,
  exactly: (what, limit) => `${verb(what)} genau ${amount(what, limit)}${end(what)}`,
  oneOf: (values) =>
    values.length === 1 ? `muss ${values[0]} sein` : `muss eines von ${values.join(', ')} sein`,
  multipleOf: (divisor) => `muss ein Vielfaches von ${divisor} sein`,
  otherForm: 'hat nicht die Form, die hier verlangt ist',
  noOption: (key, known) => {
    if (known === undefined) return `die Angabe ${key} gibt es nicht`;
    return `die Angabe ${key} gibt es nicht; ${known.length === 0 ? 'hier steht keine' : `es gibt ${known.join(', ')}`}`;
  },
};

/** How faults of fields are said in a language. */
export const optionWords: Readonly<Record<Language, OptionWords>> = { en: englishOptionWords, de: german };
