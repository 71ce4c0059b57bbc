import { optionIssues } from '@countroom/contracts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { optionWords } from './option-words';

const schema = z.strictObject({
  name: z.string().min(1),
  rate: z.number().min(0.5).lt(100).multipleOf(0.5).optional(),
  pins: z.array(z.int()).min(2).max(3).optional(),
  pair: z.array(z.int()).length(2).optional(),
  edge: z.enum(['up', 'down']).optional(),
  code: z.string().regex(/^a/).optional(),
  size: z.union([z.number(), z.boolean()]).optional(),
});

it.each([
  [{}, 'name fehlt; es muss ein Text sein'],
  [{ name: '' }, 'name braucht mindestens 1 Zeichen'],
  [{ name: 3 }, 'name muss ein Text sein'],
  [{ name: 'a', rate: 0 }, 'rate muss mindestens 0.5 sein'],
  [{ name: 'a', rate: 100 }, 'rate darf nur weniger als 100 sein'],
  [{ name: 'a', rate: 0.7 }, 'rate muss ein Vielfaches von 0.5 sein'],
  [{ name: 'a', pins: [1] }, 'pins braucht mindestens 2 Einträge'],
  [{ name: 'a', pins: [1, 2, 3, 4] }, 'pins darf höchstens 3 Einträge haben'],
  [{ name: 'a', pair: [1] }, 'pair braucht genau 2 Einträge'],
  [{ name: 'a', edge: 'x' }, 'edge muss eines von up, down sein'],
  [{ name: 'a', code: 'x' }, 'code hat nicht die Form, die hier verlangt ist'],
  [{ name: 'a', size: 'x' }, 'size muss eine Zahl oder true oder false sein'],
  [
    { name: 'a', more: 1 },
    ' die Angabe more gibt es nicht; es gibt name, rate, pins, pair, edge, code, size',
  ],
])('what is wrong in %j is said in German', (value, words) => {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const told = optionIssues(issues, schema, optionWords.de).map(({ path, message }) => `${path} ${message}`);
  expect(told).toEqual([words]);
});
