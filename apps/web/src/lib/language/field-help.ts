import type { Language } from '@countroom/contracts';
import type { SchemaNode } from '../form/schema-node';
import { type HelpWords, helpOf } from '../form/schema-values';
import german from './german-fields.json';

const words: HelpWords = { to: 'bis', from: 'ab', upTo: 'bis', usual: 'üblich' };
const texts: Readonly<Record<string, string>> = german;

/**
 * Help of a field in a language. Names of fields stay as they are, as messages, files and documentation have them; in
 * German the help begins with what the name means. Where nobody has written German, the English help stands.
 */
export function fieldHelp(node: SchemaNode, language: Language): string {
  if (language === 'en') return helpOf(node);
  const about = node.description.replace(/\.$/, '');
  const title = texts[node.title];
  const description = texts[about] ?? about;
  const help = helpOf({ ...node, description }, words);
  if (title === undefined || title === node.title) return help;
  return help === '' ? title : `${title}; ${help}`;
}
