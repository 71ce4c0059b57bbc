import { parseJson } from '@countroom/contracts';
import type { Json } from './schema-node';

/** What a person wrote as JSON, or why it cannot be taken: a key that stands twice is a fault as well. */
export function writtenJson(text: string): { readonly value: Json } | { readonly fault: string } {
  try {
    return { value: parseJson(text) as Json };
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : '';
    return { fault: words.includes('stands twice') ? words : `Not JSON yet: ${words}` };
  }
}
