/** Files on their way into a draft: dropped, pasted or chosen; uploaded at once, shown while they travel. */
import { asApiError } from "../store/work.ts";
import { type Attachment, setDraft } from "./drafts.ts";
import type { Mode } from "./focus.ts";
import { upload } from "./upload.ts";

let last = 0;

export function attach(conversation: string, mode: Mode, files: Iterable<File>) {
  for (const file of files) start(conversation, mode, file);
}

function start(conversation: string, mode: Mode, file: File) {
  const key = String(++last);
  const change = (part: Partial<Attachment>) =>
    setDraft(conversation, mode, (draft) => ({
      ...draft,
      attachments: draft.attachments.map((item) =>
        item.key === key ? { ...item, ...part } : item,
      ),
    }));
  const sending = upload(conversation, file, (progress) => change({ progress }));
  const attachment: Attachment = {
    key,
    name: file.name,
    bytes: file.size,
    preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    progress: 0,
    file: null,
    error: null,
    cancel: sending.cancel,
  };
  setDraft(conversation, mode, (draft) => ({
    ...draft,
    attachments: [...draft.attachments, attachment],
  }));
  sending.done.then(
    (info) => change({ file: info, progress: 1 }),
    (error) => change({ error: asApiError(error) }),
  );
}

export function detach(conversation: string, mode: Mode, attachment: Attachment) {
  if (!attachment.file) attachment.cancel();
  release(attachment);
  setDraft(conversation, mode, (draft) => ({
    ...draft,
    attachments: draft.attachments.filter((item) => item.key !== attachment.key),
  }));
}

export function release(attachment: Attachment) {
  if (attachment.preview) URL.revokeObjectURL(attachment.preview);
}
