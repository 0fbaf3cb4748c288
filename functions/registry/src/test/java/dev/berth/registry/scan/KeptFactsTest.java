package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.scan.ScanningRegistry.debian;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Scan.Status;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.scan.layer.LayerFacts;
import dev.berth.registry.scan.layer.Layers;
import dev.berth.registry.store.ObjectEncryption;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a layer is read from it once. */
class KeptFactsTest {

  private static final byte[] SYSTEM = debian("bash 5.2");
  private static final byte[] APPLICATION = Layers.tar().file("app", "x").gzip();

  private final ScanningRegistry scanning = new ScanningRegistry();

  @BeforeEach
  void indexes() {
    scanning.indexesInForce();
  }

  private void deleteLayers() {
    scanning.objects("layers/").forEach(scanning.registry.objects::delete);
  }

  @Test
  void factsAreKeptUnderTheLayersDigestAndTheExtractorsVersionEmptyOnesToo() {
    scanning.scan(scanning.image(SYSTEM, APPLICATION));

    assertThat(scanning.objects("facts/"))
        .containsExactlyInAnyOrder(key("AES256", SYSTEM), key("AES256", APPLICATION));
  }

  private static String key(String encryption, byte[] layer) {
    return "facts/%s/%s/sha256-%s/%d"
        .formatted(ACCOUNT, encryption, Digest.sha256(layer).hex(), LayerFacts.EXTRACTOR);
  }

  @Test
  void aLaterScanReadsNoLayer() {
    Digest image = scanning.image(SYSTEM, APPLICATION);
    scanning.scan(image);
    deleteLayers();
    scanning.registry.passes(Duration.ofDays(1));

    assertThat(scanning.scan(image).status()).isEqualTo(Status.COMPLETE);
    assertThat(scanning.names(image)).containsExactly("CVE-2024-3");
  }

  @Test
  void anotherImageWithTheSameLayerDoesNotReadItEither() {
    scanning.scan(scanning.image(SYSTEM));
    Digest other = scanning.image(SYSTEM, APPLICATION);
    scanning.registry.objects.delete("layers/" + Digest.sha256(SYSTEM).hex());

    assertThat(scanning.scan(other).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void factsThatCannotBeReadAreMadeAnew() {
    Digest image = scanning.image(SYSTEM);
    scanning.registry.objects.put(
        key("AES256", SYSTEM), ByteBuffer.wrap("{".getBytes(UTF_8)), ObjectEncryption.STANDARD);

    assertThat(scanning.scan(image).status()).isEqualTo(Status.COMPLETE);
    deleteLayers();
    scanning.registry.passes(Duration.ofDays(1));
    assertThat(scanning.scan(image).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void factsAndFindingsAreEncryptedAsTheLayersAre() {
    var key = scanning.registry.encryptApp();
    Digest image = scanning.image(SYSTEM);

    assertThat(scanning.scan(image).status()).isEqualTo(Status.COMPLETE);

    String facts = key(key.toString().replace(':', '.').replace('/', '.'), SYSTEM);
    var encryption = scanning.registry.objects.encryption("layers/" + Digest.sha256(SYSTEM).hex());
    assertThat(encryption).isInstanceOf(ObjectEncryption.Kms.class);
    assertThat(scanning.registry.objects.encryption(facts)).isEqualTo(encryption);
    String findings = scanning.found(image).result().orElseThrow().objectKey();
    assertThat(scanning.registry.objects.encryption(findings)).isEqualTo(encryption);
  }

  @Test
  void repositoriesOfAnotherKeyHaveFactsOfTheirOwn() {
    scanning.scan(scanning.image(SYSTEM));
    scanning.registry.encryptApp();
    scanning.scan(scanning.image(SYSTEM));

    assertThat(scanning.objects("facts/")).hasSize(2);
    assertThat(Settings.defaults().encryption().id()).isEqualTo("AES256");
    assertThat(scanning.registry.reader.require(ACCOUNT, APP).encryptionKey()).startsWith("arn:");
  }
}
