import { z } from 'zod';
import {
  align,
  common,
  containerStyle,
  fontShape,
  id,
  imageAddress,
  inputShapes,
  linkAddress,
  oneOf,
  pixels,
  requires,
  vertical,
} from './card-parts.js';

/** Teams draws six buttons side by side and no more; what is `secondary` goes into a menu. */
const MOST_BUTTONS = 6;

const element: z.ZodType = z.lazy(() => elements);
const action: z.ZodType = z.lazy(() => z.discriminatedUnion('type', [openUrl, submit, execute, toggle, showCard], UNKNOWN_ACTION));
/** An element may be pressed as a whole, but cannot open a card below itself. */
const selectAction: z.ZodType = z.lazy(() => z.discriminatedUnion('type', [openUrl, submit, execute, toggle], UNKNOWN_ACTION));

const UNKNOWN_ACTION = { error: 'is not an action Teams knows here' };
const UNKNOWN_ELEMENT = { error: 'is not an element Teams knows' };

const background = z.union([imageAddress, z.looseObject({ url: imageAddress })]);
const items = z.array(element);
const actions = z
  .array(action)
  .refine((list) => list.filter((one) => (one as { mode?: string }).mode !== 'secondary').length <= MOST_BUTTONS, {
    error: `holds more than ${MOST_BUTTONS} buttons; Teams drops the rest`,
  });
const fallback = z.union([z.literal('drop'), element]).optional();

function kind<Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) {
  return z.strictObject({ type: z.literal(name), ...shape });
}

const actionShape = {
  id: id.optional(),
  title: z.string().optional(),
  iconUrl: imageAddress.optional(),
  style: oneOf(['default', 'positive', 'destructive']).optional(),
  mode: oneOf(['primary', 'secondary']).optional(),
  tooltip: z.string().optional(),
  isEnabled: z.boolean().optional(),
  role: oneOf(['button', 'link', 'tab', 'menuItem']).optional(),
  requires: requires.optional(),
  fallback: z.union([z.literal('drop'), action]).optional(),
};
const gathering = { associatedInputs: oneOf(['auto', 'none']).optional() };
const openUrl = kind('Action.OpenUrl', { ...actionShape, url: linkAddress });
const submit = kind('Action.Submit', { ...actionShape, ...gathering, data: z.unknown().optional() });
const execute = kind('Action.Execute', {
  ...actionShape,
  ...gathering,
  verb: z.string().min(1),
  data: z.record(z.string(), z.unknown()).optional(),
});
const toggle = kind('Action.ToggleVisibility', {
  ...actionShape,
  targetElements: z.array(z.union([z.string(), z.strictObject({ elementId: z.string(), isVisible: z.boolean().optional() })])).min(1),
});
const showCard = kind('Action.ShowCard', { ...actionShape, card: z.lazy(() => innerCard) });

const textRun = kind('TextRun', {
  ...fontShape,
  text: z.string(),
  highlight: z.boolean().optional(),
  italic: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  underline: z.boolean().optional(),
  selectAction: selectAction.optional(),
});
const image = kind('Image', {
  ...common,
  url: imageAddress,
  altText: z.string().optional(),
  size: oneOf(['auto', 'stretch', 'small', 'medium', 'large']).optional(),
  style: oneOf(['default', 'person']).optional(),
  width: pixels.optional(),
  height: z.union([pixels, oneOf(['auto', 'stretch'])]).optional(),
  horizontalAlignment: align.optional(),
  backgroundColor: z.string().optional(),
  selectAction: selectAction.optional(),
  msteams: z.strictObject({ allowExpand: z.boolean() }).optional(),
  fallback,
});
const box = {
  ...common,
  items,
  style: containerStyle.optional(),
  bleed: z.boolean().optional(),
  minHeight: pixels.optional(),
  rtl: z.boolean().optional(),
  verticalContentAlignment: vertical.optional(),
  backgroundImage: background.optional(),
  selectAction: selectAction.optional(),
  roundedCorners: z.boolean().optional(),
  showBorder: z.boolean().optional(),
  fallback,
};
const column = z.strictObject({
  ...box,
  type: z.literal('Column').optional(),
  items: items.optional(),
  width: z.union([z.string(), z.number()]).optional(),
});
const cell = z.strictObject({ ...box, type: z.literal('TableCell').optional() });
const row = z.strictObject({
  type: z.literal('TableRow').optional(),
  cells: z.array(cell),
  style: containerStyle.optional(),
  horizontalCellContentAlignment: align.optional(),
  verticalCellContentAlignment: vertical.optional(),
});

const elements = z.discriminatedUnion(
  'type',
  [
    kind('TextBlock', {
      ...common,
      ...fontShape,
      text: z.string(),
      wrap: z.boolean().optional(),
      maxLines: z.number().int().positive().optional(),
      horizontalAlignment: align.optional(),
      style: oneOf(['default', 'heading', 'columnHeader']).optional(),
      fallback,
    }),
    kind('RichTextBlock', {
      ...common,
      inlines: z.array(z.union([z.string(), textRun])),
      horizontalAlignment: align.optional(),
      fallback,
    }),
    image,
    kind('ImageSet', {
      ...common,
      images: z.array(image),
      imageSize: oneOf(['auto', 'stretch', 'small', 'medium', 'large']).optional(),
      fallback,
    }),
    kind('Container', box),
    kind('ColumnSet', {
      ...common,
      columns: z.array(column),
      style: containerStyle.optional(),
      bleed: z.boolean().optional(),
      minHeight: pixels.optional(),
      horizontalAlignment: align.optional(),
      selectAction: selectAction.optional(),
      fallback,
    }),
    kind('FactSet', {
      ...common,
      facts: z.array(z.strictObject({ title: z.string(), value: z.string(), type: z.literal('Fact').optional() })),
      fallback,
    }),
    kind('ActionSet', { ...common, actions, horizontalAlignment: align.optional(), fallback }),
    kind('Table', {
      ...common,
      columns: z
        .array(z.strictObject({ type: z.literal('TableColumnDefinition').optional(), width: z.union([z.string(), z.number()]).optional() }))
        .optional(),
      rows: z.array(row).optional(),
      firstRowAsHeader: z.boolean().optional(),
      showGridLines: z.boolean().optional(),
      gridStyle: containerStyle.optional(),
      horizontalCellContentAlignment: align.optional(),
      verticalCellContentAlignment: vertical.optional(),
      fallback,
    }),
    kind('Input.Text', { ...inputShapes['Input.Text'], inlineAction: selectAction.optional(), fallback }),
    kind('Input.Number', { ...inputShapes['Input.Number'], fallback }),
    kind('Input.Date', { ...inputShapes['Input.Date'], fallback }),
    kind('Input.Time', { ...inputShapes['Input.Time'], fallback }),
    kind('Input.Toggle', { ...inputShapes['Input.Toggle'], fallback }),
    kind('Input.ChoiceSet', { ...inputShapes['Input.ChoiceSet'], fallback }),
  ],
  UNKNOWN_ELEMENT,
);

const mention = z.strictObject({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.looseObject({ id: z.string(), name: z.string() }),
});
const cardShape = {
  type: z.literal('AdaptiveCard'),
  $schema: z.string().optional(),
  version: z.string().regex(/^\d+\.\d+$/, 'must be a version, such as "1.5"'),
  body: items.optional(),
  actions: actions.optional(),
  fallbackText: z.string().optional(),
  speak: z.string().optional(),
  lang: z.string().optional(),
  rtl: z.boolean().optional(),
  minHeight: pixels.optional(),
  backgroundImage: background.optional(),
  selectAction: selectAction.optional(),
  verticalContentAlignment: vertical.optional(),
  metadata: z.strictObject({ webUrl: z.string().optional() }).optional(),
  msteams: z.strictObject({ width: z.literal('Full').optional(), entities: z.array(mention).optional() }).optional(),
};
const innerCard = z.strictObject({ ...cardShape, version: cardShape.version.optional() });

/** A card of a message or a dialog. */
export const cardSchema = z.strictObject({
  ...cardShape,
  refresh: z.strictObject({ action: execute, userIds: z.array(z.string()).max(60).optional(), expires: z.string().optional() }).optional(),
});
