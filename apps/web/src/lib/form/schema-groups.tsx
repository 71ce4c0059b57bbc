'use client';

import type { Language } from '@countroom/contracts';
import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { fieldHelp } from '../language/field-help';
import { useLanguage } from '../language/language';
import { numbered } from './place-name';
import { type FieldProps, SchemaField } from './schema-field';
import classes from './schema-form.module.css';
import {
  type Json,
  type Property,
  resolveSchema,
  type Schema,
  type SchemaNode,
  schemaNode,
} from './schema-node';
import { carriedOver, initialValue, labelOf, variantOf, variantTitle } from './schema-values';
import { isShown } from './shown-when';
import { without } from './without';

type GroupProps<K extends SchemaNode['kind']> = FieldProps & {
  readonly node: Extract<SchemaNode, { kind: K }>;
};

function childPath(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function asObject(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

function Group({
  props,
  children,
}: {
  readonly props: GroupProps<SchemaNode['kind']>;
  readonly children: ReactNode;
}): ReactNode {
  const own = props.issues.find((issue) => issue.path === props.path && props.path !== '');
  const { language } = useLanguage();
  const help = fieldHelp(props.node, language);
  if (props.path === '' && props.name === '') return <div className={classes['fields']}>{children}</div>;
  if (props.bare === true)
    return (
      <div className={classes['bare']}>
        <GroupHelp text={help} language={language} />
        <div className={classes['fields']}>{children}</div>
      </div>
    );
  return (
    <fieldset className={classes['group']} data-place={props.path} tabIndex={-1}>
      <legend>{labelOf(props.node) || 'Item'}</legend>
      <GroupHelp text={help} language={language} />
      {own === undefined ? null : <p className={classes['fault']}>{own.message}</p>}
      <div className={classes['fields']}>{children}</div>
    </fieldset>
  );
}

function GroupHelp({ text, language }: { readonly text: string; readonly language: Language }): ReactNode {
  if (text === '') return null;
  return (
    <p className="dim" lang={language}>
      {text}
    </p>
  );
}

/** A property that can only have the value that it has: it tells forms apart and needs no field. */
function isSettled(
  { key, schema }: Property,
  value: Readonly<Record<string, Json>>,
  root: FieldProps['root'],
): boolean {
  const fixed = resolveSchema(schema, root)['const'];
  return fixed !== undefined && fixed === value[key];
}

/** The properties of an object, one field each; of one that may be left out after it has been asked for. */
export function ObjectField(props: GroupProps<'object'>): ReactNode {
  const value = asObject(props.value ?? props.node.defaultValue);
  const isLeftOut = props.value === undefined || props.value === null;
  const use = mayBeLeftOut(props) ? (
    <Switch
      label={`With ${labelOf(props.node)}`}
      disabled={props.readOnly}
      checked={!isLeftOut}
      onChange={(event) =>
        props.onChange(
          event.currentTarget.checked
            ? initialValue(props.schema, props.root)
            : props.node.nullable
              ? null
              : undefined,
        )
      }
    />
  ) : null;
  if (use !== null && isLeftOut) return <Group props={props}>{use}</Group>;
  return (
    <Group props={props}>
      {use}
      {props.node.properties
        .filter((property) => !isSettled(property, value, props.root))
        .filter((property) => isShown(property, props.node.properties, value, props))
        .map((property) => (
          <SchemaField
            key={property.key}
            {...props}
            bare={false}
            schema={property.schema}
            name={property.key}
            path={childPath(props.path, property.key)}
            value={value[property.key]}
            required={property.required}
            onChange={(next) =>
              props.onChange(
                next === undefined ? without(value, property.key) : { ...value, [property.key]: next },
              )
            }
          />
        ))}
    </Group>
  );
}

function mayBeLeftOut({ required, bare, path, node }: GroupProps<'object'>): boolean {
  return !required && bare !== true && path !== '' && node.defaultValue === undefined;
}

/** Values by names that the person chooses. */
export function RecordField(props: GroupProps<'record'>): ReactNode {
  const value = asObject(props.value ?? props.node.defaultValue);
  const [name, setName] = useState('');
  return (
    <Group props={props}>
      {Object.entries(value).map(([key, item]) => (
        <div key={key} className={classes['item']}>
          <SchemaField
            {...props}
            schema={{ ...props.node.values, title: key }}
            name={key}
            path={childPath(props.path, key)}
            value={item}
            required
            onChange={(next) => props.onChange({ ...value, [key]: next ?? null })}
          />
          {props.readOnly ? null : (
            <RemoveButton what={key} onClick={() => props.onChange(without(value, key))} />
          )}
        </div>
      ))}
      {props.readOnly ? null : (
        <div className={classes['add']}>
          <TextInput
            aria-label={`Name of a new entry in ${labelOf(props.node)}`}
            placeholder="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <AddButton
            disabled={name === '' || name in value}
            onClick={() => {
              props.onChange({ ...value, [name]: initialValue(props.node.values, props.root) });
              setName('');
            }}
          />
        </div>
      )}
    </Group>
  );
}

/** Values in order. */
export function ListField(props: GroupProps<'list'>): ReactNode {
  const given = props.value ?? props.node.defaultValue;
  const value: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [];
  const entry = (index: number): Schema => numbered(props.node.items, props.node.title, index, props.root);
  return (
    <Group props={props}>
      {value.map((item, index) => (
        <div key={index} className={classes['item']}>
          <SchemaField
            {...props}
            schema={entry(index)}
            name=""
            path={childPath(props.path, index)}
            value={item}
            required
            onChange={(next) =>
              props.onChange(value.map((each, at) => (at === index ? (next ?? null) : each)))
            }
          />
          {props.readOnly ? null : (
            <RemoveButton
              what={schemaNode(entry(index), props.root).title}
              onClick={() => props.onChange(value.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      {props.readOnly ? null : (
        <AddButton
          onClick={() => props.onChange([...value, initialValue(props.node.items, props.root)])}
          disabled={false}
        />
      )}
    </Group>
  );
}

/** What is wrong with the field that tells the forms apart: it has no field of its own. */
function choiceFault(props: GroupProps<'union'>, variant: Schema | undefined): string | undefined {
  const node = schemaNode(variant ?? {}, props.root);
  if (node.kind !== 'object') return undefined;
  const fixed = node.properties.filter(
    ({ schema }) => resolveSchema(schema, props.root)['const'] !== undefined,
  );
  const places = fixed.map(({ key }) => childPath(props.path, key));
  return props.issues.find(({ path }) => places.includes(path))?.message;
}

function isObject(schema: Schema, root: FieldProps['root']): boolean {
  return schemaNode(schema, root).kind === 'object';
}

/** One of several forms; the fields of the chosen one stand below the choice. */
export function UnionField(props: GroupProps<'union'>): ReactNode {
  const value = props.value ?? props.node.defaultValue ?? null;
  const index = variantOf(props.node.variants, props.root, value);
  const variant = props.node.variants[index];
  return (
    <Group props={props}>
      <NativeSelect
        label={`Form of ${labelOf(props.node) || 'the value'}`}
        error={choiceFault(props, variant)}
        disabled={props.readOnly}
        value={String(index)}
        data={props.node.variants.map((each, at) => ({
          value: String(at),
          label: variantTitle(each, props.root),
        }))}
        onChange={(event) => {
          const next = props.node.variants[Number(event.currentTarget.value)];
          if (next !== undefined)
            props.onChange(carriedOver(value, variant ?? {}, next, initialValue(next, props.root)));
        }}
      />
      {variant === undefined ? null : (
        <SchemaField
          {...props}
          bare={isObject(variant, props.root)}
          schema={variant}
          value={value}
          required
        />
      )}
    </Group>
  );
}

function RemoveButton({ what, onClick }: { readonly what: string; readonly onClick: () => void }): ReactNode {
  return (
    <ActionIcon aria-label={`Remove ${what}`} onClick={onClick}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}

function AddButton({
  onClick,
  disabled,
}: {
  readonly onClick: () => void;
  readonly disabled: boolean;
}): ReactNode {
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={onClick}
      disabled={disabled}
      style={{ alignSelf: 'flex-start' }}
    >
      Add
    </Button>
  );
}
