import { expect, it } from 'vitest';
import { manyFiles } from './consumer-results.js';

it('files of consumers that are not listed are told, and those that are in no archive with their number', () => {
  expect(manyFiles(7, 300, 0)).toMatch(/^Consumers wrote 300 files in run 7; 200 .* all are in the folder/);
  expect(manyFiles(7, 20_000, 1234)).toMatch(
    /wrote 21234 files .* 20000 are in the folder .* other 1234 are/,
  );
});
