import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LiveText } from '../live/live-value';
import { ActionButton } from './action-button';
import { IssueList } from './issue-list';
import { MomentText } from './moment-text';
import { StatusMark } from './status-mark';

function html(content: ReactNode): string {
  return renderToStaticMarkup(<MantineProvider>{content}</MantineProvider>);
}

describe('ActionButton', () => {
  it('says beside itself why it cannot be pressed', () => {
    const text = html(
      <ActionButton reason="Take the baton first." onClick={() => undefined}>
        End run
      </ActionButton>,
    );
    expect(text).toContain('Take the baton first.');
    expect(text).toContain('aria-disabled="true"');
    expect(text).toMatch(/aria-describedby="([^"]+)".*id="\1"/s);
  });

  it('says nothing when it can', () => {
    const text = html(
      <ActionButton reason={null} onClick={() => undefined}>
        End run
      </ActionButton>,
    );
    expect(text).not.toContain('aria-describedby');
    expect(text).toContain('aria-disabled="false"');
  });
});

describe('what is shown', () => {
  it('has a word and a shape for each state', () => {
    const text = html(<StatusMark mark="alarm">Fault</StatusMark>);
    expect(text).toContain('<svg');
    expect(text).toContain('Fault');
  });

  it('says how old a stale value is', () => {
    const text = html(<LiveText age={{ ageMs: 12_000, stale: true, text: '12 s old' }}>5 Hz</LiveText>);
    expect(text).toContain('12 s old');
    expect(text).toContain('class="stale"');
  });

  it('is UTC with the local time on hover', () => {
    expect(html(<MomentText at="2026-03-01T12:00:00.000Z" />)).toMatch(/title="[^"]+".*2026-03-01 12:00:00/s);
    expect(html(<MomentText at={null} />)).toContain('–');
  });

  it('lists every fault with its place', () => {
    const text = html(<IssueList issues={[{ path: 'tags.0', message: 'too long' }]} />);
    expect(text).toContain('tags.0');
    expect(text).toContain('role="alert"');
    expect(html(<IssueList issues={[]} />)).not.toContain('role="alert"');
  });
});
