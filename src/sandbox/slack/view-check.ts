import { fieldsOf, listOf } from '../json.js';
import { id, plainText } from './block-parts.js';
import { blockFaults } from './blocks.js';
import { LIMITS } from './limits.js';
import { byType, type Check, type Checking, type Fault, flag, object, words } from './schema.js';

const shared: Readonly<Record<string, Check>> = {
  private_metadata: words({ max: LIMITS.privateMetadata }),
  callback_id: id,
  external_id: words({ max: LIMITS.id }),
};

/** Blocks are checked apart, with the pointers they have inside the view. */
const later: Check = () => undefined;
const label = plainText(LIMITS.modalLabel);

const view = byType({
  modal: object(
    { title: label, blocks: later },
    {
      ...shared,
      close: label,
      submit: label,
      submit_disabled: flag,
      clear_on_close: flag,
      notify_on_close: flag,
    },
  ),
  home: object({ blocks: later }, shared),
});

/** What Slack finds wrong with a view; empty when it would accept it. */
export function viewFaults(value: unknown, isImageFile: (idOrUrl: string) => boolean): readonly Fault[] {
  const surface = fieldsOf(value).type === 'home' ? 'home' : 'modal';
  const checking: Checking = { surface, faults: [], isImageFile };
  view(value, '/view', checking);
  const { blocks, submit } = fieldsOf(value);
  if (blocks !== undefined) checking.faults.push(...blockFaults(blocks, surface, '/view/blocks', isImageFile));
  const asks = listOf(blocks).some((block) => fieldsOf(block).type === 'input');
  if (surface === 'modal' && asks && submit === undefined) {
    checking.faults.push({
      pointer: '/view',
      message: 'missing required field: submit (the view has input blocks)',
    });
  }
  return checking.faults;
}
