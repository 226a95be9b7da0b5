import type { JSX } from 'preact';
import { useDesk } from '../desk.js';
import { Formatted } from '../formatted.js';
import { ActionRow, ElementView } from './elements.js';
import { FieldView } from './field.js';
import { ImageView } from './image.js';
import { readRichText } from './rich-text.js';
import { Text } from './text.js';
import type { Block } from './types.js';

/** Block Kit, drawn. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }): JSX.Element {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <BlockView key={block.block_id ?? `${index}`} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }): JSX.Element {
  const { words } = useDesk();
  const id = block.block_id ?? '';
  switch (block.type) {
    case 'header':
      return (
        <h3 class="block-header">
          <Text object={block.text} />
        </h3>
      );
    case 'section':
      return <Section block={block} id={id} />;
    case 'context':
      return (
        <div class="block-context">
          {block.elements.map((element, index) =>
            element.type === 'image' ? (
              <ImageView key={`${index}`} image={element} kind="tiny" />
            ) : (
              <span key={`${index}`}>
                <Text object={element} />
              </span>
            ),
          )}
        </div>
      );
    case 'divider':
      return <hr class="block-divider" />;
    case 'actions':
      return <ActionRow id={id} elements={block.elements} />;
    case 'image':
      return (
        <figure class="block-image">
          {block.title !== undefined && (
            <figcaption>
              <Text object={block.title} />
            </figcaption>
          )}
          <ImageView image={{ ...block, type: 'image' }} kind="large" />
        </figure>
      );
    case 'rich_text':
      return (
        <div class="block-rich">
          <Formatted paragraphs={readRichText(block.elements)} />
        </div>
      );
    case 'input':
      return <FieldView block={block} id={id} />;
    default:
      return <div class="block-unknown">{words.unknownBlock(String((block as { type: unknown }).type))}</div>;
  }
}

function Section({ block, id }: { readonly block: Extract<Block, { type: 'section' }>; readonly id: string }): JSX.Element {
  return (
    <div class="block-section">
      <div class="block-section-words">
        {block.text !== undefined && <Text object={block.text} />}
        {block.fields !== undefined && (
          <div class="block-fields">
            {block.fields.map((field, index) => (
              <div key={`${index}`}>
                <Text object={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory !== undefined && (
        <div class="block-accessory">
          <ElementView element={block.accessory} id={id} />
        </div>
      )}
    </div>
  );
}
