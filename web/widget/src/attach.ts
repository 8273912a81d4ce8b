// Files on their way up. They are sent to the server when they are chosen, so that the message
// itself is small and quick; what cannot be sent says why.

import { Trouble } from "./api.ts";
import { explain } from "./explain.ts";
import { say, set, state, type Upload } from "./state.ts";

export function attach(files: Iterable<File>): void {
  const limits = state.config?.limits;
  for (const file of files) {
    if (!limits || !state.visitor) return;
    if (state.uploads.length >= limits.files) {
      set({ hint: say().too_many_files(limits.files) });
      return;
    }
    if (file.size > limits.file_bytes) set({ hint: explain(new Trouble(413, "too_large")) });
    else void carry(file);
  }
}

export function detach(key: string): void {
  put(state.uploads.filter((one) => one.key !== key));
}

/** The files went with a message, or the visit is over. */
export function clear(): void {
  put([]);
}

async function carry(file: File): Promise<void> {
  const upload: Upload = {
    key: crypto.randomUUID(),
    name: file.name,
    preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    part: 0,
    file: null,
    stop: new AbortController(),
  };
  put([...state.uploads, upload]);
  set({ hint: "" });
  try {
    const way = await import("./upload.ts").catch(() => null);
    if (!way) throw new Trouble(0, "network");
    upload.file = await way.upload(file, (part) => change(upload, part), upload.stop.signal);
    change(upload, 1);
  } catch (error) {
    set({ hint: `${file.name}: ${explain(error)}` });
    detach(upload.key);
  }
}

function change(upload: Upload, part: number): void {
  upload.part = part;
  set({});
}

function put(uploads: Upload[]): void {
  for (const old of state.uploads) {
    if (uploads.includes(old)) continue;
    old.stop.abort();
    if (old.preview) URL.revokeObjectURL(old.preview);
  }
  set({ uploads });
}
