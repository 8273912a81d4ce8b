// One picture as large as the frame allows. A new tab would not do: the visitor's cookie lives in
// this frame's partition only.

import type { FileInfo } from "../../wire/wire.ts";
import { api } from "./api.ts";
import { Icon } from "./icon.tsx";
import { say, set } from "./state.ts";

/** Few look at a picture closely, so what shows it comes late. */
export const open = (file: FileInfo): void => set({ picture: () => <Picture file={file} /> });

function Picture({ file }: { file: FileInfo }) {
  const close = () => set({ picture: null });
  return (
    <dialog
      ref={(now) => void (now?.open === false && now.showModal())}
      onClose={close}
      aria-label={file.name}
    >
      <button type="button" class="send" aria-label={say().back} onClick={close}>
        <Icon name="close" />
      </button>
      <img src={api.file(file.id)} alt={file.name} />
    </dialog>
  );
}
