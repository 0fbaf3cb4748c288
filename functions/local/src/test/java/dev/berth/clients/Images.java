package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes images without a network or any client.
 *
 * @param architecture as Go names it
 * @param gzip whether layers are compressed
 */
record Images(Path directory, String architecture, boolean gzip) {

  private static final int CHUNK = 1 << 16;

  static Images in(Path directory) {
    return new Images(directory, "amd64", true);
  }

  Images forArchitecture(String other) {
    return new Images(directory, other, gzip);
  }

  Images uncompressed() {
    return new Images(directory, architecture, false);
  }

  /**
   * An image with one layer of each size, in bytes: a tar archive of one file of random bytes.
   *
   * @param name {@code name:tag}; unique within the directory
   */
  Image write(String name, long... sizes) throws IOException {
    Path layout = directory.resolve(name.replace(':', '-'));
    Files.createDirectories(layout.resolve("blobs/sha256"));
    var random = new SplittableRandom(name.hashCode());
    var layers = new ArrayList<Layer>();
    for (long size : sizes) {
      layers.add(layer(layout, random, size));
    }
    Blob config = blob(layout, config(layers));
    Blob manifest = blob(layout, manifest(config, layers));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(layout.resolve("index.json"), index(name, manifest));
    Files.writeString(layout.resolve("manifest.json"), dockerManifest(name, config, layers));
    var digests = layers.stream().map(layer -> layer.blob().digest()).toList();
    return new Image(layout, name, manifest.digest(), config.digest(), digests);
  }

  private Layer layer(Path layout, SplittableRandom random, long size) throws IOException {
    Path file = layout.resolve("layer.tmp");
    MessageDigest whole = sha256();
    MessageDigest plain = sha256();
    try (var out = new DigestOutputStream(Files.newOutputStream(file), whole);
        var tar = new DigestOutputStream(gzip ? new GZIPOutputStream(out, CHUNK) : out, plain);
        var buffered = new BufferedOutputStream(tar, CHUNK)) {
      buffered.write(Tar.header("data-" + Long.toHexString(random.nextLong()), size));
      writeRandom(buffered, random, size);
      Tar.pad(buffered, size);
      Tar.end(buffered);
    }
    var blob = new Blob(Digest.of(Algorithm.SHA256, whole.digest()), Files.size(file));
    Files.move(file, layout.resolve("blobs/sha256/" + blob.digest().hex()));
    return new Layer(blob, Digest.of(Algorithm.SHA256, plain.digest()));
  }

  private static void writeRandom(OutputStream out, SplittableRandom random, long size)
      throws IOException {
    var chunk = new byte[CHUNK];
    for (long left = size; left > 0; left -= CHUNK) {
      random.nextBytes(chunk);
      out.write(chunk, 0, (int) Math.min(CHUNK, left));
    }
  }

  private static Blob blob(Path layout, String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    var blob = new Blob(Digest.sha256(bytes), bytes.length);
    Files.write(layout.resolve("blobs/sha256/" + blob.digest().hex()), bytes);
    return blob;
  }

  private String config(List<Layer> layers) {
    return """
    {"architecture":"%s","os":"linux","config":{},\
    "history":[%s],"rootfs":{"type":"layers","diff_ids":[%s]}}\
    """
        .formatted(
            architecture,
            layers.stream().map(layer -> "{\"created_by\":\"random\"}").collect(joining(",")),
            layers.stream()
                .map(layer -> '"' + layer.plain().toString() + '"')
                .collect(joining(",")));
  }

  private String manifest(Blob config, List<Layer> layers) {
    String type = "application/vnd.oci.image.layer.v1.tar" + (gzip ? "+gzip" : "");
    return """
    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
    "config":%s,"layers":[%s]}\
    """
        .formatted(
            config.descriptor("application/vnd.oci.image.config.v1+json"),
            layers.stream().map(layer -> layer.blob().descriptor(type)).collect(joining(",")));
  }

  private static String index(String name, Blob manifest) {
    String descriptor = manifest.descriptor("application/vnd.oci.image.manifest.v1+json");
    return """
    {"schemaVersion":2,"manifests":[%s,\
    "annotations":{"org.opencontainers.image.ref.name":"%s"}}]}\
    """
        .formatted(descriptor.substring(0, descriptor.length() - 1), name);
  }

  private static String dockerManifest(String name, Blob config, List<Layer> layers) {
    return """
    [{"Config":"blobs/sha256/%s","RepoTags":["%s"],"Layers":[%s]}]\
    """
        .formatted(
            config.digest().hex(),
            name,
            layers.stream()
                .map(layer -> "\"blobs/sha256/" + layer.blob().digest().hex() + '"')
                .collect(joining(",")));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @param size in bytes
   */
  private record Blob(Digest digest, long size) {

    String descriptor(String mediaType) {
      return """
      {"mediaType":"%s","digest":"%s","size":%d}\
      """
          .formatted(mediaType, digest, size);
    }
  }

  /**
   * @param plain the digest of the uncompressed layer
   */
  private record Layer(Blob blob, Digest plain) {}
}
