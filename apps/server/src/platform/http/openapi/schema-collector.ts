import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Turns zod schemas into JSON Schema, with the named ones collected once below `components.schemas`. */
export class SchemaCollector {
  readonly schemas: Record<string, JsonSchema> = {};
  private readonly texts = new Map<string, string>();

  /** Schema of a value as it is sent (`input`) or answered (`output`). */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const document = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
    const root = without(document, '$schema', '$defs');
    const defined = (document['$defs'] ?? {}) as Record<string, JsonSchema>;
    const names = this.namesFor(defined, io);
    for (const [id, definition] of Object.entries(defined)) {
      this.schemas[names[id]!] = without(rename(definition, names) as JsonSchema, 'id');
    }
    const { id, ...rest } = rename(root, names) as JsonSchema;
    if (typeof id !== 'string') return rest;
    return this.addNamed(id, rest, io);
  }

  private addNamed(id: string, body: JsonSchema, io: 'input' | 'output'): JsonSchema {
    const name = this.nameFor(id, body, io);
    this.schemas[name] = body;
    return { $ref: `#/components/schemas/${name}` };
  }

  private namesFor(defined: Record<string, JsonSchema>, io: 'input' | 'output'): Record<string, string> {
    return Object.fromEntries(Object.entries(defined).map(([id, body]) => [id, this.nameFor(id, body, io)]));
  }

  /** A schema with defaults is not the same when sent as when answered: the second kind gets a name of its own. */
  private nameFor(id: string, body: JsonSchema, io: 'input' | 'output'): string {
    const text = JSON.stringify(without(body, 'id')).replaceAll('#/$defs/', '#/components/schemas/');
    const known = this.texts.get(id);
    if (known === undefined || known === text) {
      this.texts.set(id, text);
      return id;
    }
    const name = `${id}${io === 'input' ? 'Input' : 'Output'}`;
    this.texts.set(name, text);
    return name;
  }
}

function rename(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, rename(item, names)];
      const id = item.replace('#/$defs/', '');
      return [key, item.startsWith('#/$defs/') ? `#/components/schemas/${names[id] ?? id}` : item];
    }),
  );
}

function without(schema: JsonSchema, ...keys: string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}
