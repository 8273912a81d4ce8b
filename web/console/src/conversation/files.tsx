/** Files of a message: pictures are shown and open large, everything else is downloaded. */
import { useState } from "preact/hooks";
import { Dialog } from "../../../ui/dialog.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { FileInfo } from "../../../wire/wire.ts";
import { size } from "../format.ts";
import { t } from "../words/index.ts";
import "./files.css";

const address = (file: FileInfo) => `/api/files/${encodeURIComponent(file.id)}`;
const isPicture = (file: FileInfo) =>
  file.media_type.startsWith("image/") && file.width !== null && file.height !== null;
const widest = 320;
const highest = 260;

export function Files({ files }: { files: readonly FileInfo[] }) {
  if (files.length === 0) return null;
  return (
    <div class="files">
      {files.map((file) =>
        isPicture(file) ? (
          <Picture key={file.id} file={file} />
        ) : (
          <Download key={file.id} file={file} />
        ),
      )}
    </div>
  );
}

function Picture({ file }: { file: FileInfo }) {
  const [open, setOpen] = useState(false);
  const [broken, setBroken] = useState(false);
  const width = file.width ?? widest;
  const height = file.height ?? highest;
  const scale = Math.min(1, widest / width, highest / height);
  if (broken) return <Download file={file} />;
  return (
    <>
      <button
        type="button"
        class="picture"
        onClick={() => setOpen(true)}
        aria-label={t("file.open", { name: file.name })}
      >
        <img
          src={address(file)}
          alt={file.name}
          loading="lazy"
          decoding="async"
          width={Math.round(width * scale)}
          height={Math.round(height * scale)}
          onError={() => setBroken(true)}
        />
      </button>
      {open && (
        <Dialog
          title={file.name}
          closeLabel={t("action.dismiss")}
          onClose={() => setOpen(false)}
          size="picture"
        >
          <img
            class="picture-large"
            src={address(file)}
            alt={file.name}
            width={width}
            height={height}
          />
          <p class="row">
            <a href={address(file)} target="_blank" rel="noopener noreferrer">
              {t("file.new_tab")}
            </a>
            <a href={address(file)} download={file.name}>
              {t("file.download")}
            </a>
            <span class="hint">{size(file.bytes)}</span>
          </p>
        </Dialog>
      )}
    </>
  );
}

function Download({ file }: { file: FileInfo }) {
  return (
    <a class="file" href={address(file)} download={file.name}>
      <Icon name="file" size={22} />
      <span class="file-text">
        <span class="one-line">{file.name}</span>
        <small>{size(file.bytes)}</small>
      </span>
      <Icon name="download" size={16} />
    </a>
  );
}
