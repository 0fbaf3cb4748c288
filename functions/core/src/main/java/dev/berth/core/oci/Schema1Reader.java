package dev.berth.core.oci;

import java.util.List;

/**
 * Reads manifests of Docker's schema 1. Of a signed one the signed payload is what counts, as it
 * does for every client.
 */
final class Schema1Reader {

  static final String LAYERS = "fsLayers";
  static final String SIGNATURES = "signatures";

  private Schema1Reader() {}

  /**
   * @param sent what {@code members} was read from
   * @throws ManifestException if it is not of schema 1, or a signature is not that of its payload
   */
  static Schema1Manifest read(byte[] sent, JsonMembers members, String mediaType) {
    if (members.has(SIGNATURES)) {
      byte[] payload = PrettySignature.verified(sent, members);
      var signed = new JsonMembers("", ManifestJson.read(payload));
      requireSame(members, signed);
      return manifest(MediaTypes.DOCKER_SCHEMA1_SIGNED, signed, payload);
    }
    if (mediaType.equals(MediaTypes.DOCKER_SCHEMA1_SIGNED)) {
      throw new ManifestException(SIGNATURES + " is missing in a manifest of type " + mediaType);
    }
    return manifest(MediaTypes.DOCKER_SCHEMA1, members, sent);
  }

  /** Lest one reader see what was signed, and another something else around it. */
  private static void requireSame(JsonMembers sent, JsonMembers signed) {
    if (!sent.object().deepCopy().without(SIGNATURES).equals(signed.object())) {
      throw new ManifestException("the manifest differs from the payload of its signatures");
    }
  }

  private static Schema1Manifest manifest(String mediaType, JsonMembers members, byte[] payload) {
    members.integer("schemaVersion", 1, 1);
    for (String foreign : List.of("config", "layers", "manifests")) {
      ManifestReader.refuse(members, foreign, mediaType);
    }
    List<Digest> layers =
        members.objects(LAYERS, ManifestReader.MAX_DESCRIPTORS).stream()
            .map(layer -> ManifestReader.digest(layer, "blobSum"))
            .toList();
    int history = members.objects("history", ManifestReader.MAX_DESCRIPTORS).size();
    if (layers.isEmpty() || layers.size() != history) {
      throw new ManifestException(
          "fsLayers has %d entries and history %d: both need as many, and at least one"
              .formatted(layers.size(), history));
    }
    return new Schema1Manifest(mediaType, layers, payload);
  }
}
