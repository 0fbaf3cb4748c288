package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static dev.berth.lambda.ecr.SdkRegistry.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.image.Registry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReferencedImagesNotFoundException;

class PutImageTest {

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @BeforeEach
  void createRepository() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void anImageIsAnsweredAsItWasPut() {
    String manifest = registry.manifest("app", "one");

    Image image = put(manifest, "v1");

    assertThat(image.registryId()).isEqualTo(ACCOUNT);
    assertThat(image.repositoryName()).isEqualTo("app");
    assertThat(image.imageId()).isEqualTo(SdkRegistry.byBoth(digest(manifest), "v1"));
    assertThat(image.imageManifest()).isEqualTo(manifest);
    assertThat(image.imageManifestMediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
  }

  @Test
  void everyCharacterOfAManifestCounts() {
    String manifest =
        Registry.manifest(
            registry.layer("app", "config"),
            registry.layer("app", "layer"),
            ", \"annotations\":{\"ship\":\"\\u00e9 é 🚢\"}\n\n");

    assertThat(put(manifest, "v1").imageId().imageDigest()).isEqualTo(digest(manifest).toString());
    assertThat(get("v1")).isEqualTo(manifest);
  }

  /** Guide, "Retagging an image". */
  @Test
  void anImageIsRetaggedByItsManifest() {
    Digest image = registry.image("app", "one", "latest");

    put(get("latest"), "2017.03");

    assertThat(tagsOf(image)).containsExactly("2017.03", "latest");
  }

  @Test
  void theSameImageOnceMoreIsSaidSo() {
    String manifest = registry.manifest("app", "one");
    put(manifest, "v1");

    assertRefused(
        ImageAlreadyExistsException.class,
        "Image with digest '%s' and tag 'v1' already exists in the repository with name 'app' in registry with id '123456789012'"
            .formatted(digest(manifest)),
        () -> put(manifest, "v1"));
    assertRefused(
        ImageAlreadyExistsException.class,
        "Image with digest '%s' and tag 'null' already exists in the repository with name 'app' in registry with id '123456789012'"
            .formatted(digest(manifest)),
        () -> put(manifest, null));
  }

  @Test
  void aTagMovesToTheImageThatIsPutLast() {
    Digest first = registry.image("app", "one", "latest");
    Digest second = registry.image("app", "two", "latest");

    assertThat(tagsOf(first)).isEmpty();
    assertThat(tagsOf(second)).containsExactly("latest");
  }

  /** Guide, "Image tag mutability". */
  @Test
  void anImmutableTagStaysWithItsImage() {
    createImmutable();
    Digest image = registry.image("fixed", "one", "v1", "v2");
    String other = registry.manifest("fixed", "two");

    assertRefused(
        ImageTagAlreadyExistsException.class,
        "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten"
            + " because the repository is immutable.",
        () -> ecr.putImage(r -> r.repositoryName("fixed").imageManifest(other).imageTag("v1")));

    assertThat(ecr.listImages(r -> r.repositoryName("fixed")).imageIds())
        .containsExactly(SdkRegistry.byBoth(image, "v1"), SdkRegistry.byBoth(image, "v2"));
  }

  @Test
  void anImmutableTagThatWasDeletedIsFree() {
    createImmutable();
    registry.image("fixed", "one", "v1");
    ecr.batchDeleteImage(r -> r.repositoryName("fixed").imageIds(byTag("v1")));

    Digest other = registry.image("fixed", "two", "v1");

    assertThat(ecr.listImages(r -> r.repositoryName("fixed")).imageIds())
        .containsExactly(SdkRegistry.byBoth(other, "v1"));
  }

  @Test
  void anotherDigestThanTheManifestsIsRefused() {
    String manifest = registry.manifest("app", "one");

    assertRefused(
        ImageDigestDoesNotMatchException.class,
        "The specified image digest does not match the digest that Amazon ECR calculated for the"
            + " image.",
        () ->
            ecr.putImage(
                r -> r.repositoryName("app").imageManifest(manifest).imageDigest(MISSING)));
    assertNoImages();
    assertInvalid(
        "imageDigest",
        "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
        () ->
            ecr.putImage(
                r -> r.repositoryName("app").imageManifest(manifest).imageDigest("sha256:0")));
  }

  @Test
  void anImageIsKeptUnderTheDigestThatNamesIt() {
    String manifest = registry.manifest("app", "one");
    String digest = Algorithm.SHA512.digest(manifest.getBytes(UTF_8)).toString();

    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageDigest(digest));

    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds())
        .containsExactly(SdkRegistry.byDigest(digest));
  }

  @Test
  void everyLayerHasToBeThere() {
    Digest config = registry.layer("app", "config");
    String manifest = Registry.manifest(config, Digest.sha256("missing".getBytes(UTF_8)), "");

    assertRefused(
        LayersNotFoundException.class,
        "Layers with digests '[%s]' required for pushing image into repository with name 'app' in the registry with id '123456789012' do not exist"
            .formatted(MISSING),
        () -> put(manifest, "v1"));
    assertNoImages();
  }

  @Test
  void anIndexNeedsItsChildren() {
    Digest child = registry.image("app", "one");
    Digest missing = Digest.sha256("missing".getBytes(UTF_8));

    assertRefused(
        ReferencedImagesNotFoundException.class,
        "Images with digests '[%s]' required for pushing image into repository with name 'app' in the registry with id '123456789012' do not exist"
            .formatted(missing),
        () -> put(Registry.index(child, missing), "v1"));

    assertThat(put(Registry.index(child), "v1").imageManifestMediaType())
        .isEqualTo(MediaTypes.OCI_INDEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "plain",
        "{}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":1,\"fsLayers\":[]}",
        "{\"schemaVersion\":2,\"mediaType\":\"text/plain\",\"config\":{},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:0\"},\"layers\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
      })
  void aMalformedManifestIsRefusedInWords(String manifest) {
    var refused = catchThrowableOfType(InvalidParameterException.class, () -> put(manifest, "v1"));

    assertThat(refused.awsErrorDetails().errorMessage())
        .startsWith("Invalid parameter at 'imageManifest' failed to satisfy constraint: '");
    assertNoImages();
  }

  @Test
  void anotherMediaTypeThanTheManifestsOwnIsRefused() {
    String manifest = registry.manifest("app", "one");

    assertInvalid(
        "imageManifest",
        "mediaType '%s' differs from the Content-Type '%s'"
            .formatted(MediaTypes.OCI_IMAGE, MediaTypes.DOCKER_IMAGE),
        () ->
            ecr.putImage(
                r ->
                    r.repositoryName("app")
                        .imageManifest(manifest)
                        .imageManifestMediaType(MediaTypes.DOCKER_IMAGE)));
  }

  @Test
  void aManifestHasUpToFourMebibytes() {
    Digest layer = registry.layer("app", "layer");
    String largest = SdkRegistry.manifestOf(ManifestReader.MAX_BYTES, layer);

    put(largest, "v1");

    assertThat(get("v1")).isEqualTo(largest);
    assertInvalid(
        "imageManifest",
        "must have length less than or equal to 4194304",
        () -> put(SdkRegistry.manifestOf(ManifestReader.MAX_BYTES + 1, layer), "v2"));
    assertInvalid(
        "imageManifest", "must have length greater than or equal to 1", () -> put("", "v2"));
  }

  @Test
  void theLimitIsInBytesToo() {
    Digest layer = registry.layer("app", "layer");
    String manifest =
        SdkRegistry.manifestOf(ManifestReader.MAX_BYTES, layer).replaceFirst("xx", "éé");

    assertThat(
            catchThrowableOfType(InvalidParameterException.class, () -> put(manifest, "v1"))
                .awsErrorDetails()
                .errorMessage())
        .contains("at most 4194304 are allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {".v1", "-v1", "a b", "a/b", "v1\n", "é", "a:b"})
  void aTagFollowsItsPattern(String tag) {
    assertInvalid(
        "imageTag",
        "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'",
        () -> put(registry.manifest("app", tag), tag));
    assertNoImages();
  }

  @Test
  void aTagHasOneTo128Characters() {
    String manifest = registry.manifest("app", "one");

    put(manifest, "a".repeat(128));

    assertInvalid(
        "imageTag",
        "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'",
        () -> put(manifest, "a".repeat(129)));
    assertInvalid(
        "imageTag",
        "must have length less than or equal to 300",
        () -> put(manifest, "a".repeat(301)));
    assertInvalid(
        "imageTag", "must have length greater than or equal to 1", () -> put(manifest, ""));
  }

  private void createImmutable() {
    ecr.createRepository(r -> r.repositoryName("fixed").imageTagMutability("IMMUTABLE"));
  }

  private Image put(String manifest, String tag) {
    return ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag(tag)).image();
  }

  private String get(String tag) {
    return ecr.batchGetImage(r -> r.repositoryName("app").imageIds(byTag(tag)))
        .images()
        .getFirst()
        .imageManifest();
  }

  private List<String> tagsOf(Digest image) {
    return ecr.describeImages(r -> r.repositoryName("app").imageIds(SdkRegistry.byDigest(image)))
        .imageDetails()
        .getFirst()
        .imageTags();
  }

  private void assertNoImages() {
    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).isEmpty();
  }
}
