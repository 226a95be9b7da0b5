import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import { accessories, actionElements, contextActionElements, image, inputElements } from './block-elements.js';
import { anyText, id, pictureFields, pictureRule, plainText } from './block-parts.js';
import { chart, dataTable, table, visibleLength } from './block-tables.js';
import { LIMITS } from './limits.js';
import { richTextFields } from './rich-text.js';
import {
  address,
  blame,
  both,
  byType,
  type Check,
  type Checking,
  type Fault,
  flag,
  items,
  object,
  oneOf,
  rule,
  type Surface,
  words,
} from './schema.js';

const own = { block_id: id };

const sectionBlock = both(
  object(
    {},
    {
      ...own,
      text: anyText(LIMITS.sectionText),
      fields: items(anyText(LIMITS.sectionField), {
        min: 1,
        max: LIMITS.sectionFields,
      }),
      accessory: byType(accessories),
      expand: flag,
    },
  ),
  rule((block) => (block.text === undefined && block.fields === undefined ? 'must define either `text` or `fields`' : undefined)),
);

const contextElement = byType({
  image,
  plain_text: anyText(LIMITS.sectionText),
  mrkdwn: anyText(LIMITS.sectionText),
});

const video = object(
  {
    alt_text: words({ min: 1 }),
    title: plainText(LIMITS.videoTitle - 1),
    thumbnail_url: address(LIMITS.imageUrl, 'http', 'https'),
    video_url: address(LIMITS.imageUrl, 'https'),
  },
  {
    ...own,
    author_name: words({ max: LIMITS.videoAuthor - 1 }),
    description: plainText(LIMITS.videoTitle - 1),
    provider_icon_url: address(LIMITS.imageUrl, 'http', 'https'),
    provider_name: words(),
    title_url: address(LIMITS.imageUrl, 'https'),
  },
);

const everywhere: Readonly<Record<string, Check>> = {
  actions: object(
    {
      elements: items(byType(actionElements), {
        min: 1,
        max: LIMITS.actionsElements,
      }),
    },
    own,
  ),
  context: object(
    {
      elements: items(contextElement, { min: 1, max: LIMITS.contextElements }),
    },
    own,
  ),
  divider: object({}, own),
  header: object({ text: plainText(LIMITS.headerText) }, own),
  image: both(
    object({ alt_text: words({ min: 1, max: LIMITS.imageAlt }) }, { ...own, title: plainText(LIMITS.imageTitle), ...pictureFields }),
    pictureRule,
  ),
  input: object(
    { label: plainText(LIMITS.inputLabel), element: byType(inputElements) },
    {
      ...own,
      hint: plainText(LIMITS.inputHint),
      optional: flag,
      dispatch_action: flag,
    },
  ),
  rich_text: object(richTextFields, own),
  section: sectionBlock,
  video,
};

const bySurface: Readonly<Record<Surface, Readonly<Record<string, Check>>>> = {
  message: {
    ...everywhere,
    context_actions: object(
      {
        elements: items(byType(contextActionElements), {
          min: 1,
          max: LIMITS.contextActions,
        }),
      },
      own,
    ),
    data_table: dataTable,
    data_visualization: chart,
    file: object({ source: oneOf('remote'), external_id: id }, own),
    markdown: object({ text: words({ min: 1, max: LIMITS.markdown }) }, own),
    table,
  },
  modal: {
    ...everywhere,
    alert: object(
      { text: anyText(LIMITS.sectionText) },
      {
        ...own,
        level: oneOf('default', 'info', 'warning', 'error', 'success'),
      },
    ),
  },
  home: everywhere,
};

/** What Slack finds wrong with blocks on a surface; empty when it would accept them. `at` starts the JSON pointers. */
export function blockFaults(blocks: unknown, surface: Surface, at: string, isImageFile: (idOrUrl: string) => boolean): readonly Fault[] {
  const checking: Checking = { surface, faults: [], isImageFile };
  const max = surface === 'message' ? LIMITS.blocksPerMessage : LIMITS.blocksPerView;
  items(byType(bySurface[surface]), { max })(blocks, at, checking);
  uniqueIds(listOf(blocks), at, checking);
  if (surface === 'message') countedKinds(listOf(blocks), at, checking);
  return checking.faults;
}

/** Elements of a block that can be acted upon. */
export function elementsOf(block: Fields): readonly Fields[] {
  return [...listOf(block.elements), block.element, block.accessory].filter(isFields);
}

function uniqueIds(blocks: readonly unknown[], at: string, checking: Checking): void {
  const seen = new Set<string>();
  for (const [index, value] of blocks.entries()) {
    const block = fieldsOf(value);
    const blockId = textOf(block.block_id);
    if (blockId !== '' && seen.has(blockId)) blame(checking, `${at}/${index}/block_id`, `block_id already exists: ${blockId}`);
    seen.add(blockId);
    const actions = elementsOf(block).map((element) => textOf(element.action_id));
    const named = actions.filter((action) => action !== '');
    if (new Set(named).size !== named.length) blame(checking, `${at}/${index}/elements`, 'action_id must be unique within its block');
  }
}

/** Kinds of which a message may hold only so many, and the sum of its Markdown. */
function countedKinds(blocks: readonly unknown[], at: string, checking: Checking): void {
  const kinds = blocks.map((block) => fieldsOf(block).type);
  const count = (kind: string): number => kinds.filter((type) => type === kind).length;
  if (count('table') > LIMITS.tablesPerMessage) blame(checking, at, 'only_one_table_allowed');
  if (count('data_visualization') > LIMITS.chartsPerMessage)
    blame(checking, at, `no more than ${LIMITS.chartsPerMessage} data_visualization blocks allowed`);
  if (visibleLength(blocks.filter((block) => fieldsOf(block).type === 'markdown')) > LIMITS.markdown) {
    blame(checking, at, `markdown must be less than ${LIMITS.markdown + 1} characters in all`);
  }
}
