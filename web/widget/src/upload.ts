// Sending a file, which few visitors do, so it comes late. fetch cannot tell how much has gone up;
// the old way can.

import type { FileInfo } from "../../wire/wire.ts";
import { base, Trouble, trouble } from "./api.ts";

export function upload(
  file: File,
  progress: (part: number) => void,
  stop: AbortSignal,
): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return; // taken back while this came
    const request = new XMLHttpRequest();
    request.open("POST", `${base}/files`);
    request.setRequestHeader("X-Silkroad", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = (event) => progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(trouble(request.status, request.responseText));
    };
    request.onerror = () => reject(new Trouble(0, "network"));
    stop.onabort = () => request.abort();
    request.send(file);
  });
}
