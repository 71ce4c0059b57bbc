import type { Language } from '@countroom/contracts';
import catalogue from './messages.json';

export type Message = keyof typeof catalogue;

/** Words of the guided experiments that are not in their files. */
export const messages: Readonly<Record<Message, Readonly<Record<Language, string>>>> = catalogue;

export function message(language: Language, name: Message): string {
  return messages[name][language];
}
