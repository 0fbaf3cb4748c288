package dev.berth.clients;

import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An image of random bytes in an OCI layout (OCI image specification, "Image Layout"), which holds
 * docker's manifest.json too, so that an archive of it is what both {@code docker load} and {@code
 * ctr image import} read.
 *
 * @param name what the image is called in the layout: {@code name:tag}
 * @param digest of its manifest
 */
record Image(Path layout, String name, Digest digest, Digest config, List<Digest> layers) {

  /** The layout as one tar file, beside it. */
  Path archive() throws IOException {
    return Tar.of(layout, layout.resolveSibling(layout.getFileName() + ".tar"));
  }

  /** How skopeo, buildah and podman name it. */
  String reference() {
    return "oci:" + layout + ":" + name;
  }

  byte[] manifest() throws IOException {
    return Files.readAllBytes(blob(digest));
  }

  Path blob(Digest blob) {
    return layout.resolve("blobs/sha256").resolve(blob.hex());
  }
}
