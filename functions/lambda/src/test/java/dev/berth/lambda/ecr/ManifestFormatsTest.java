package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static dev.berth.lambda.ecr.SdkRegistry.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.conversion.EmptyLayer;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Schema1Manifest;
import dev.berth.registry.image.Registry;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;

/** Guide, "Container image manifest formats". */
class ManifestFormatsTest {

  private static final String CONFIG =
      "{\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"sha256:0\"]},\"history\":[{},{\"empty_layer\":true}]}";

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;
  private String manifest;

  @BeforeEach
  void pushImage() {
    registry.create("app");
    manifest = Registry.manifest(registry.layer("app", CONFIG), registry.layer("app", "layer"), "");
    put(manifest, null, "v1");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private Image put(String text, String mediaType, String tag) {
    return ecr.putImage(
            r ->
                r.repositoryName("app")
                    .imageManifest(text)
                    .imageManifestMediaType(mediaType)
                    .imageTag(tag))
        .image();
  }

  private Image get(ImageIdentifier id, String... accepted) {
    var request = BatchGetImageRequest.builder().repositoryName("app").imageIds(id);
    if (accepted.length > 0) {
      request.acceptedMediaTypes(accepted);
    }
    return ecr.batchGetImage(request.build()).images().getFirst();
  }

  private ImageDetail describe(Object digest) {
    return ecr.describeImages(r -> r.repositoryName("app").imageIds(byDigest(digest)))
        .imageDetails()
        .getFirst();
  }

  @Test
  void anImageThatIsNamedByItsTagComesInAnAcceptedFormat() {
    Image image = get(byTag("v1"), MediaTypes.DOCKER_IMAGE);

    assertThat(image.imageManifestMediaType()).isEqualTo(MediaTypes.DOCKER_IMAGE);
    assertThat(image.imageManifest()).contains(MediaTypes.DOCKER_IMAGE, MediaTypes.DOCKER_CONFIG);
    assertThat(image.imageId()).isEqualTo(byBoth(digest(manifest), "v1"));
  }

  /** Also where the tag stands beside it, as it does in ECR (containers-roadmap 1075). */
  @Test
  void anImageThatIsNamedByItsDigestIsNeverConverted() {
    for (ImageIdentifier id :
        new ImageIdentifier[] {byDigest(digest(manifest)), byBoth(digest(manifest), "v1")}) {
      assertThat(get(id, MediaTypes.DOCKER_IMAGE).imageManifest()).isEqualTo(manifest);
    }
  }

  @Test
  void whatIsAcceptedOrCannotBeConvertedComesAsItIsStored() {
    assertThat(get(byTag("v1"), MediaTypes.DOCKER_IMAGE, MediaTypes.OCI_IMAGE).imageManifest())
        .isEqualTo(manifest);
    assertThat(get(byTag("v1"), "text/plain").imageManifest()).isEqualTo(manifest);
    assertThat(get(byTag("v1")).imageManifest()).isEqualTo(manifest);
  }

  /** The media type that the API's reference names for schema 1. */
  @Test
  void theLayersOfAnImageInSchema1CanBeDownloaded() {
    Image image = get(byTag("v1"), MediaTypes.DOCKER_SCHEMA1);

    assertThat(image.imageManifestMediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1_SIGNED);
    Manifest read = read(image);
    assertThat(read.blobs()).hasSize(2).contains(EmptyLayer.DIGEST);
    for (Digest layer : read.blobs()) {
      String link =
          ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(layer.toString()))
              .downloadUrl();
      assertThat(link).isNotEmpty();
    }
  }

  private static Manifest read(Image image) {
    return ManifestReader.read(
        image.imageManifest().getBytes(UTF_8), Optional.of(image.imageManifestMediaType()));
  }

  /** Guide, "Retagging an image", for an image that an old client pushed. */
  @Test
  void anImageInSchema1IsPutRetaggedAndDescribed() {
    Image converted = get(byTag("v1"), MediaTypes.DOCKER_SCHEMA1);
    Schema1Manifest old = (Schema1Manifest) read(converted);
    String digest = Digest.sha256(old.payload()).toString();

    Image pushed = put(converted.imageManifest(), MediaTypes.DOCKER_SCHEMA1, "old");
    assertThat(pushed.imageId()).isEqualTo(byBoth(digest, "old"));
    assertThat(pushed.imageManifestMediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1_SIGNED);
    Image stored = get(byTag("old"), MediaTypes.OCI_IMAGE);
    assertThat(stored.imageManifest()).isEqualTo(converted.imageManifest());
    assertThat(put(stored.imageManifest(), null, "older").imageId())
        .isEqualTo(byBoth(digest, "older"));
    ImageDetail detail = describe(digest);
    assertThat(detail.imageTags()).containsExactly("old", "older");
    assertThat(detail.imageManifestMediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1_SIGNED);
    assertThat(detail.artifactMediaType()).isNull();
    assertThat(detail.imageSizeInBytes()).isEqualTo("layer".length() + EmptyLayer.bytes().length);
  }

  @Test
  void anImageInSchema1WithOtherSignaturesIsTheSame() {
    Image converted = get(byTag("v1"), MediaTypes.DOCKER_SCHEMA1);
    String payload = new String(((Schema1Manifest) read(converted)).payload(), UTF_8);
    String digest = put(payload, null, "old").imageId().imageDigest();

    assertRefused(
        ImageAlreadyExistsException.class,
        "Image with digest '%s' and tag 'old' already exists in the repository with name 'app' in registry with id '123456789012'"
            .formatted(digest),
        () -> put(converted.imageManifest(), null, "old"));
    assertThat(get(byTag("old")).imageManifest()).isEqualTo(payload);
    assertThat(describe(digest).imageManifestMediaType()).isEqualTo(MediaTypes.DOCKER_SCHEMA1);
  }

  @Test
  void theLayersOfAnImageInSchema1HaveToBeThere() {
    String old =
        "{\"schemaVersion\":1,\"fsLayers\":[{\"blobSum\":\"%s\"}],\"history\":[{\"v1Compatibility\":\"{}\"}]}"
            .formatted(SdkRegistry.MISSING);

    assertRefused(
        LayersNotFoundException.class,
        "Layers with digests '[%s]' required for pushing image into repository with name 'app' in the registry with id '123456789012' do not exist"
            .formatted(SdkRegistry.MISSING),
        () -> put(old, MediaTypes.DOCKER_SCHEMA1, "old"));
  }

  @Test
  void aMediaTypeThatIsNotTheManifestsIsRefused() {
    String old = get(byTag("v1"), MediaTypes.DOCKER_SCHEMA1).imageManifest();

    assertInvalid(
        "imageManifest",
        "schemaVersion is 1 in a manifest of type '%s', not 2".formatted(MediaTypes.OCI_IMAGE),
        () -> put(old, MediaTypes.OCI_IMAGE, "old"));
  }

  @ParameterizedTest
  @ValueSource(strings = {MediaTypes.DOCKER_IMAGE, MediaTypes.OCI_IMAGE})
  void aManifestThatDoesNotSayWhatItIsIsWhatTheRequestSays(String mediaType) {
    String silent = manifest.replace("\"mediaType\":\"%s\",".formatted(MediaTypes.OCI_IMAGE), "");

    assertThat(put(silent, mediaType, "v2").imageManifestMediaType()).isEqualTo(mediaType);
    assertThat(describe(digest(silent)).imageManifestMediaType()).isEqualTo(mediaType);
  }

  @Test
  void pullsOfAConvertedManifestAreRecordedOfItsImage() {
    get(byTag("v1"), MediaTypes.DOCKER_IMAGE);

    assertThat(describe(digest(manifest)).lastRecordedPullTime()).isNotNull();
  }
}
