import type { Language } from '@countroom/contracts';
import type { SchemaNode } from '../form/schema-node';
import { type HelpWords, helpOf } from '../form/schema-values';
import german from './german-fields.json';

const words: HelpWords = { to: 'bis', from: 'ab', upTo: 'bis', usual: 'üblich' };
const texts: Readonly<Record<string, string>> = german;

/** Entries of lists have a number behind their name. */
function titleIn(title: string): string | undefined {
  const [, name = '', number = ''] = /^(.*?)( \d+)?$/.exec(title) ?? [];
  const own = texts[title] ?? texts[name];
  return own === undefined || texts[title] !== undefined ? own : `${own}${number}`;
}

/**
 * Help of a field in a language. Names of fields stay as they are, as messages, files and documentation have them; in
 * German the help begins with what the name means. Where nobody has written German, the English help stands.
 */
export function fieldHelp(node: SchemaNode, language: Language): string {
  if (language === 'en') return helpOf(node);
  const about = node.description.replace(/\.$/, '');
  const title = titleIn(node.title);
  const description = texts[about] ?? about;
  const help = helpOf({ ...node, description }, words);
  if (title === undefined || title === node.title) return help;
  return help === '' ? title : `${title}; ${help}`;
}
