/** Sends a file's bytes to the server; XMLHttpRequest, because fetch does not tell the progress. */
import type { FileInfo } from "../../../wire/wire.ts";
import { ApiError, problemOf, settle } from "../api.ts";

export interface Upload {
  done: Promise<FileInfo>;
  cancel: () => void;
}

export function upload(conversation: string, file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/conversations/${encodeURIComponent(conversation)}/files`);
  request.setRequestHeader("X-Silkroad", "1");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
  const done = new Promise<FileInfo>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onerror = () => reject(new ApiError(problemOf(0, "offline")));
    request.onabort = () => reject(new ApiError(problemOf(0, "cancelled")));
    request.onload = () => {
      try {
        resolve(settle<FileInfo>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
  });
  request.send(file);
  return { done, cancel: () => request.abort() };
}
