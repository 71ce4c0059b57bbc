import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import { darkTokens, lightTokens, type Tokens } from './tokens';

const accent: MantineColorsTuple = [
  '#eaf3fb',
  '#d4e4f3',
  '#a7c8e6',
  '#7cb4ea',
  '#5797d0',
  '#3a80bd',
  '#1f6fb2',
  '#1f5f99',
  '#174e80',
  '#0f3c66',
];

const alarm: MantineColorsTuple = [
  '#fbe5e6',
  '#f7c9cc',
  '#ff8087',
  '#f5656e',
  '#e04a54',
  '#d03a45',
  '#c22b36',
  '#b3202b',
  '#951a24',
  '#78131b',
];

/** What Mantine takes its dark surfaces from: text first, the page's background at 7. */
const dark: MantineColorsTuple = [
  darkTokens.text,
  '#c3cad1',
  darkTokens.dim,
  darkTokens.strongBorder,
  darkTokens.border,
  '#2a3036',
  darkTokens.raised,
  darkTokens.panel,
  darkTokens.page,
  '#0f1113',
];

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, alarm, dark },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 4,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: {
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } },
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: {
      defaultProps: { size: 'xs', visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } },
    },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    JsonInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

function variables(tokens: Tokens): Record<string, string> {
  return {
    '--mantine-color-body': tokens.page,
    '--mantine-color-text': tokens.text,
    '--mantine-color-dimmed': tokens.dim,
    '--mantine-color-placeholder': tokens.dim,
    '--mantine-color-error': tokens.alarm,
    '--mantine-color-anchor': tokens.accent,
    '--mantine-color-default': tokens.panel,
    '--mantine-color-default-hover': tokens.raised,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.border,
    '--cr-page': tokens.page,
    '--cr-panel': tokens.panel,
    '--cr-raised': tokens.raised,
    '--cr-border': tokens.border,
    '--cr-strong-border': tokens.strongBorder,
    '--cr-text': tokens.text,
    '--cr-dim': tokens.dim,
    '--cr-accent': tokens.accent,
    '--cr-accent-soft': tokens.accentSoft,
    '--cr-running': tokens.running,
    '--cr-warning': tokens.warning,
    '--cr-warning-soft': tokens.warningSoft,
    '--cr-alarm': tokens.alarm,
    '--cr-alarm-soft': tokens.alarmSoft,
    '--cr-stale': tokens.stale,
    '--cr-grid-line': tokens.gridLine,
  };
}

/** Mantine's own colours and the product's, from the same tokens. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(lightTokens),
  dark: variables(darkTokens),
});
