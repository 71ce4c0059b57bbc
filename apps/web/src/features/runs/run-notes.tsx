'use client';

import { endpoints, quality, type RunDetail } from '@countroom/contracts';
import { Button, Group, NativeSelect, Stack, TagsInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { Panel } from '../../lib/ui/panel';
import { noteWithUndo } from '../../lib/ui/undo-note';
import type { BulkChange } from './bulk-change';
import { qualityChoices } from './run-words';
import { useBulk } from './use-bulk';

type Notes = Partial<Pick<RunDetail, 'tags' | 'comment' | 'quality'>>;

/** Tags, quality and comment. Tags and quality are kept at once, the comment when saved; each can be undone. */
export function RunNotes({ run }: { readonly run: RunDetail }): ReactNode {
  const permission = usePermission('shifter', run.detector);
  const tags = useApi(endpoints.runs.tags, {});
  const [comment, setComment] = useState<string | null>(null);
  const update = useCommand(endpoints.runs.update, {
    changes: [endpoints.runs.get, endpoints.runs.list, endpoints.runs.tags],
  });
  const { takeBack } = useBulk();
  const params = { detector: run.detector, number: run.number };
  const keep = (notes: Notes, words: string): void => {
    const { tags: next, ...rest } = notes;
    const change: BulkChange = {
      ...rest,
      addTags: (next ?? run.tags).filter((tag) => !run.tags.includes(tag)),
      removeTags: run.tags.filter((tag) => next?.includes(tag) === false),
    };
    update.mutate(
      { params, body: notes },
      { onSuccess: () => noteWithUndo(words, () => takeBack([run], change)) },
    );
  };
  const changed = comment !== null && comment !== run.comment;
  const shown = update.isPending ? (update.variables as { body?: Notes }).body : undefined;
  return (
    <Panel title="Notes">
      <Stack gap="sm">
        {permission.allowed ? null : <span className="dim">{permission.reason}</span>}
        <TagsInput
          label="Tags"
          description={permission.allowed ? 'Enter after each' : undefined}
          readOnly={!permission.allowed}
          data={(tags.data ?? []).map((each) => each.tag)}
          value={[...(shown?.tags ?? run.tags)]}
          maxTags={32}
          onChange={(next) => {
            if (permission.allowed) keep({ tags: next }, 'Tags changed.');
          }}
        />
        <NativeSelect
          label="Quality"
          description="What an analyst says of the data"
          disabled={!permission.allowed}
          value={shown?.quality ?? run.quality}
          data={[...qualityChoices]}
          onChange={(event) => {
            const next = quality.safeParse(event.currentTarget.value);
            if (next.success) keep({ quality: next.data }, 'Quality changed.');
          }}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!changed) return;
            keep({ comment }, 'Comment changed.');
            setComment(null);
          }}
        >
          <Textarea
            label="Comment"
            readOnly={!permission.allowed}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={4000}
            value={comment ?? shown?.comment ?? run.comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          {changed ? (
            <Group gap="xs" mt="xs">
              <ActionButton type="submit" reason={permission.allowed ? null : permission.reason}>
                Save comment
              </ActionButton>
              <Button variant="default" onClick={() => setComment(null)}>
                Discard
              </Button>
            </Group>
          ) : null}
        </form>
      </Stack>
    </Panel>
  );
}
