'use client';

import { endpoints, languages, type SessionInfo } from '@countroom/contracts';
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDeviceDesktop,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { languageNames, useLanguage } from '../../lib/language/language';
import { PasswordDialog } from '../auth/password-dialog';
import { openKeyboardHelp } from './keyboard-help';

const schemes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

/** Who is signed in, colours, keys, log out. */
export function UserMenu({ session }: { readonly session: SessionInfo }): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, choose } = useLanguage();
  const [changing, { open, close }] = useDisclosure(false);
  const logout = useCommand(endpoints.auth.logout, {
    // A new document: nothing that was read in this session stays in memory, and nothing asks again without one.
    done: () => window.location.assign('/login'),
  });
  const name = session.user?.name ?? 'everybody';
  return (
    <>
      <Menu position="bottom-end" width={220} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon aria-label={`Signed in as ${name}: colours, keys, log out`}>
            <IconUser size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{session.auth === 'off' ? 'Sign-in is off' : `Signed in as ${name}`}</Menu.Label>
          {schemes.map((scheme) => (
            <Menu.Item
              key={scheme.value}
              leftSection={<scheme.icon size={16} aria-hidden />}
              rightSection={colorScheme === scheme.value ? 'now' : null}
              onClick={() => setColorScheme(scheme.value)}
            >
              {scheme.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>Help of fields and experiments</Menu.Label>
          {languages.map((each) => (
            <Menu.Item
              key={each}
              lang={each}
              leftSection={<IconLanguage size={16} aria-hidden />}
              rightSection={language === each ? 'now' : null}
              onClick={() => choose(each)}
            >
              {languageNames[each]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openKeyboardHelp}>
            Keys
          </Menu.Item>
          {session.auth === 'off' ? null : (
            <>
              <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={open}>
                Change password
              </Menu.Item>
              <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => logout.mutate({})}>
                Log out
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          <Menu.Label>Countroom {session.version}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      <PasswordDialog opened={changing} onClose={close} />
    </>
  );
}
