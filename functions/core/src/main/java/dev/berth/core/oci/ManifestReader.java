package dev.berth.core.oci;

import static dev.berth.core.oci.ManifestException.quoted;

import java.util.List;
import java.util.Optional;

/**
 * Reads a manifest as a client pushed it (OCI image specification 1.1, "Image Manifest" and "Image
 * Index"; Docker schema 2 and schema 1). Members that the specifications do not name are let
 * through, as they ask for.
 */
public final class ManifestReader {

  /**
   * The least that the OCI distribution specification asks a registry to take, and the most here.
   */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Of layers in an image, and of descriptors in an index. */
  public static final int MAX_DESCRIPTORS = 1000;

  // two names of 127 characters with a slash between them (RFC 6838, 4.2)
  private static final int LONGEST_MEDIA_TYPE = 255;

  private static final int MOST_URLS = 100;

  private static final int SCHEMA_VERSION = 2;

  /** What a manifest of schema 1 may be sent as (Docker, "Image Manifest V 2, Schema 1"). */
  private static final String JSON = "application/json";

  private ManifestReader() {}

  /**
   * The manifest that these bytes hold.
   *
   * @param contentType the header's value, parameters included; where it is empty, the manifest's
   *     own mediaType and else its form tell what it is
   * @throws ManifestException if it is none that a registry can keep
   */
  public static Manifest read(byte[] bytes, Optional<String> contentType) {
    if (bytes.length > MAX_BYTES) {
      throw new ManifestException(
          "the manifest has " + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    var members = new JsonMembers("", ManifestJson.read(bytes));
    String mediaType = mediaType(members, announced(members, contentType));
    if (MediaTypes.SCHEMA1.contains(mediaType)) {
      return Schema1Reader.read(bytes, members, mediaType);
    }
    if (members.integer("schemaVersion", 1, SCHEMA_VERSION) != SCHEMA_VERSION) {
      throw new ManifestException(
          "schemaVersion is 1 in a manifest of type " + quoted(mediaType) + ", not 2");
    }
    return MediaTypes.IMAGES.contains(mediaType)
        ? image(mediaType, members)
        : index(mediaType, members);
  }

  private static Optional<String> announced(JsonMembers members, Optional<String> contentType) {
    return contentType
        .map(MediaTypes::ofContentType)
        .filter(type -> !(type.equals(JSON) && members.has(Schema1Reader.LAYERS)));
  }

  private static String mediaType(JsonMembers members, Optional<String> announced) {
    Optional<String> own = members.optional("mediaType");
    if (announced.isPresent() && own.isPresent() && !announced.equals(own)) {
      throw new ManifestException(
          "mediaType %s differs from the Content-Type %s"
              .formatted(quoted(own.get()), quoted(announced.get())));
    }
    String mediaType = announced.or(() -> own).orElseGet(() -> inferred(members));
    if (!isKnown(mediaType)) {
      throw new ManifestException(
          "media type %s is not one of an OCI image manifest or index, or of a Docker schema 2 manifest or list, or of a Docker schema 1 manifest"
              .formatted(quoted(mediaType)));
    }
    return mediaType;
  }

  private static boolean isKnown(String mediaType) {
    return MediaTypes.IMAGES.contains(mediaType)
        || MediaTypes.INDEXES.contains(mediaType)
        || MediaTypes.SCHEMA1.contains(mediaType);
  }

  // Docker's manifests of schema 2 always carry their media type, OCI's need not
  private static String inferred(JsonMembers members) {
    if (members.has("manifests")) {
      return MediaTypes.OCI_INDEX;
    }
    if (members.has("config") || members.has("layers")) {
      return MediaTypes.OCI_IMAGE;
    }
    if (members.has(Schema1Reader.LAYERS)) {
      return members.has(Schema1Reader.SIGNATURES)
          ? MediaTypes.DOCKER_SCHEMA1_SIGNED
          : MediaTypes.DOCKER_SCHEMA1;
    }
    throw new ManifestException(
        "the manifest has neither mediaType nor config and layers nor manifests nor fsLayers");
  }

  private static ImageManifest image(String mediaType, JsonMembers members) {
    refuse(members, "manifests", mediaType);
    return new ImageManifest(
        mediaType,
        descriptor(members.object("config")),
        descriptors(members, "layers"),
        subject(members),
        artifactType(members),
        members.strings("annotations"));
  }

  private static IndexManifest index(String mediaType, JsonMembers members) {
    refuse(members, "config", mediaType);
    refuse(members, "layers", mediaType);
    var index =
        new IndexManifest(
            mediaType,
            descriptors(members, "manifests"),
            subject(members),
            artifactType(members),
            members.strings("annotations"));
    int children = index.children().size();
    if (children > IndexManifest.MAX_CHILDREN) {
      throw new ManifestException(
          "manifests names %d distinct manifests, at most %d are supported"
              .formatted(children, IndexManifest.MAX_CHILDREN));
    }
    return index;
  }

  // a document that is an image to one reader and an index to another (CVE-2021-41190)
  static void refuse(JsonMembers members, String name, String mediaType) {
    if (members.has(name)) {
      throw new ManifestException(
          name + " has no place in a manifest of type " + quoted(mediaType));
    }
  }

  private static List<Descriptor> descriptors(JsonMembers members, String name) {
    return members.objects(name, MAX_DESCRIPTORS).stream().map(ManifestReader::descriptor).toList();
  }

  private static Optional<Descriptor> subject(JsonMembers members) {
    return members.has("subject")
        ? Optional.of(descriptor(members.object("subject")))
        : Optional.empty();
  }

  private static Descriptor descriptor(JsonMembers members) {
    Digest digest = digest(members, "digest");
    return new Descriptor(
        bounded(members, "mediaType", members.required("mediaType")),
        digest,
        members.integer("size", 0, Descriptor.MAX_SIZE),
        members.texts("urls", MOST_URLS),
        artifactType(members),
        members.strings("annotations"));
  }

  static Digest digest(JsonMembers members, String name) {
    String digest = members.required(name);
    return Digest.parse(digest)
        .orElseThrow(
            () ->
                new ManifestException(
                    "%s %s is not a sha256 or sha512 digest"
                        .formatted(members.at(name), quoted(digest))));
  }

  private static Optional<String> artifactType(JsonMembers members) {
    return members.optional("artifactType").map(type -> bounded(members, "artifactType", type));
  }

  private static String bounded(JsonMembers members, String name, String mediaType) {
    if (mediaType.length() > LONGEST_MEDIA_TYPE) {
      throw new ManifestException(
          members.at(name) + " has more than " + LONGEST_MEDIA_TYPE + " characters");
    }
    return mediaType;
  }
}
