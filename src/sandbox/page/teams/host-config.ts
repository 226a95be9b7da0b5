/** How Teams dresses cards: sizes and distances are its own, colours are the page's, so that they follow its theme. */
const colours = (normal: string, subtle: string) => ({ default: normal, subtle });

const foreground = {
  default: colours('var(--ink)', 'var(--soft)'),
  dark: colours('var(--ink)', 'var(--soft)'),
  light: colours('var(--card)', 'var(--soft)'),
  accent: colours('var(--accent-text)', 'var(--accent-text)'),
  good: colours('var(--good)', 'var(--good)'),
  warning: colours('var(--warning)', 'var(--warning)'),
  attention: colours('var(--danger-text)', 'var(--danger-text)'),
};
const ground = (backgroundColor: string) => ({ backgroundColor, foregroundColors: foreground });
const sizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const weights = { lighter: 200, default: 400, bolder: 600 };
const family = 'inherit';

export const HOST_CONFIG = {
  supportsInteractivity: true,
  fontFamily: family,
  fontTypes: {
    default: { fontFamily: family, fontSizes: sizes, fontWeights: weights },
    monospace: { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSizes: sizes, fontWeights: weights },
  },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 32, medium: 52, large: 400 },
  containerStyles: {
    default: ground('transparent'),
    emphasis: ground('var(--emphasis)'),
    accent: ground('var(--mention)'),
    good: ground('var(--good-ground)'),
    warning: ground('var(--warning-ground)'),
    attention: ground('var(--danger-ground)'),
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' },
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small' },
  },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 160 },
    value: { wrap: true },
    spacing: 16,
  },
  textBlock: { headingLevel: 3 },
} as const;
