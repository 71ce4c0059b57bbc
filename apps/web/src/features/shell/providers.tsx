'use client';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ApiProvider } from '../../lib/api/api-provider';
import { LanguageProvider } from '../../lib/language/language';
import { resolveVariables, theme } from '../../lib/theme/mantine-theme';

// The content security policy allows no code made from text, which zod would otherwise try.
z.config({ jitless: true });

/** What every page needs, signed in or not. */
export function Providers({
  nonce,
  children,
}: {
  readonly nonce: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" role="status" />
      <ApiProvider>
        <LanguageProvider>{children}</LanguageProvider>
      </ApiProvider>
    </MantineProvider>
  );
}
