import { expect, it } from 'vitest';
import { settingsText } from './settings-text';

it('settings files keep their letters, in UTF-8 and as older systems wrote them', async () => {
  const text = "ChanUnits: ['\u00b0C', '\u00b5Sv'] # f\u00fcr";
  expect(await settingsText(new Blob([text]))).toBe(text);
  expect(await settingsText(new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))]))).toBe(text);
});
