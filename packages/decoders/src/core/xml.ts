import { SaxesParser } from 'saxes';
import { DecodeError } from './errors.js';

/** An element of an XML document and what is in it. */
export interface XmlElement {
  readonly name: string;
  /** Its own text as it is. */
  readonly content: string;
  /** Its own text without white space at the ends. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  readonly name: string;
  content: string;
  readonly children: XmlElement[];
}

/** More nested than any settings file; keeps damaged ones from using up memory. */
const deepest = 256;

/**
 * Parses a whole document (a settings file, a property list). Attributes, comments and processing instructions are left
 * out; entities are those of XML itself, so that nothing can be expanded without end.
 * Throws DecodeError at `place`, with line and column, when it is not well formed.
 */
export function parseXml(text: string, place: string): XmlElement {
  const parser = new SaxesParser();
  const root: Open = { name: '', content: '', children: [] };
  const stack: Open[] = [root];
  const fail = (fault: string): never => {
    throw new DecodeError(place, fault, 'give the file as the program wrote it');
  };
  parser.on('error', (error) => fail(`this is not well-formed XML (${error.message})`));
  parser.on('opentag', ({ name }) => {
    if (stack.length > deepest) fail(`elements are nested more than ${deepest} deep`);
    stack.push({ name, content: '', children: [] });
  });
  const characters = (more: string): void => {
    stack.at(-1)!.content += more;
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('closetag', () => {
    const { name, content, children } = stack.pop()!;
    stack.at(-1)!.children.push({ name, content, text: content.trim(), children });
  });
  parser.write(text).close();
  return root.children[0] ?? fail('there is no element in it');
}

/** The first element of that name in an element. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All elements of that name in an element. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}
