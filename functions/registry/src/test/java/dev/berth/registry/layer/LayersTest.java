package dev.berth.registry.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.layer.Blob.State;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ACCOUNT = "123456789012";
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final RepositoryName BASE = new RepositoryName("team/base");
  private static final Digest DIGEST = Digest.sha256("layer".getBytes(UTF_8));
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final MemoryTable table = new MemoryTable();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final MemoryKeys keys = new MemoryKeys();
  private final Repositories repositories = new Repositories(table, keys, clock, Quotas.standard());
  private final Layers layers = new Layers(table, new RepositoryReader(table), keys, clock);
  private Repository app;
  private Repository base;

  @BeforeEach
  void twoRepositories() {
    app = create(APP);
    base = create(BASE);
  }

  @Test
  void aLayerThatWasPushedIsFoundInOneCallOnceTheNameIsKnown() {
    link(app, NOW, Optional.empty());
    layers.stat(ACCOUNT, APP, DIGEST);
    table.takeCalls();

    assertThat(layers.stat(ACCOUNT, APP, DIGEST)).map(LayerLink::objectKey).contains("object");
    assertThat(table.takeCalls()).isOne();
  }

  @Test
  void aLayerOfAnotherRepositoryIsNotThere() {
    link(base, NOW, Optional.empty());

    assertThat(layers.stat(ACCOUNT, APP, DIGEST)).isEmpty();
  }

  @Test
  void noRepositoryIsAnError() {
    assertThatThrownBy(() -> layers.stat(ACCOUNT, new RepositoryName("none"), DIGEST))
        .isInstanceOf(RepositoryNotFound.class);
  }

  @Test
  void aLookRevivesALinkThatNobodyTouchedForHalfADay() {
    link(app, NOW.minus(Duration.ofHours(13)), Optional.empty());

    assertThat(layers.stat(ACCOUNT, APP, DIGEST)).map(LayerLink::touchedAt).contains(NOW);
    assertThat(stored(app)).map(LayerLink::touchedAt).contains(NOW);
  }

  @Test
  void aLookLeavesAFreshLinkAlone() {
    Instant before = NOW.minus(Duration.ofHours(11));
    link(app, before, Optional.empty());

    layers.stat(ACCOUNT, APP, DIGEST);

    assertThat(stored(app)).map(LayerLink::touchedAt).contains(before);
  }

  @Test
  void aLookTakesBackTheDoomOfALink() {
    link(app, NOW, Optional.of("run-1"));

    layers.availability(ACCOUNT, APP, List.of(DIGEST));

    assertThat(stored(app)).map(LayerLink::doomed).contains(Optional.empty());
  }

  @Test
  void availabilityNamesTheLayersThatAreThereInOneCall() {
    link(app, NOW, Optional.empty());
    layers.stat(ACCOUNT, APP, DIGEST);
    table.takeCalls();
    Digest missing = Digest.sha256(new byte[0]);

    Map<Digest, LayerLink> available =
        layers.availability(ACCOUNT, APP, List.of(missing, DIGEST, DIGEST));

    assertThat(available).containsOnlyKeys(DIGEST);
    assertThat(table.takeCalls()).isOne();
  }

  @Test
  void availabilityTakesAHundredDigests() {
    link(app, NOW.minus(Duration.ofDays(1)), Optional.empty());
    List<Digest> digests =
        IntStream.range(0, 99)
            .mapToObj(i -> Digest.sha256(new byte[] {(byte) i}))
            .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    digests.add(DIGEST);

    assertThat(layers.availability(ACCOUNT, APP, digests)).containsOnlyKeys(DIGEST);
  }

  @Test
  void aMountLinksTheSameObjectAndCountsTheReferenceInTwoCalls() {
    link(base, NOW, Optional.empty());
    blob(State.LIVE);
    layers.stat(ACCOUNT, APP, DIGEST);
    layers.stat(ACCOUNT, BASE, DIGEST);
    table.takeCalls();

    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST))
        .map(LayerLink::objectKey)
        .contains("object");
    assertThat(table.takeCalls()).isEqualTo(2);
    assertThat(stored(app)).map(LayerLink::objectKey).contains("object");
    assertThat(refs()).isEqualTo(2);
  }

  @Test
  void aMountOfWhatIsThereChangesNothing() {
    link(base, NOW, Optional.empty());
    link(app, NOW, Optional.empty());
    blob(State.LIVE);

    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST)).isPresent();
    assertThat(refs()).isOne();
  }

  @Test
  void aMountFromNowhereIsRefused() {
    blob(State.LIVE);

    assertThat(layers.mount(ACCOUNT, APP, new RepositoryName("none"), DIGEST)).isEmpty();
    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST)).isEmpty();
    assertThat(stored(app)).isEmpty();
  }

  @Test
  void aLayerUnderAnotherKeyIsNotMounted() {
    link(base, NOW, Optional.empty());
    blob(State.LIVE);
    var name = new RepositoryName("team/sealed");
    repositories.create(
        ACCOUNT,
        name,
        new Settings(TagMutability.MUTABLE, false, new Encryption.Kms(keys.defaultKey(ACCOUNT))),
        Map.of());

    assertThat(layers.mount(ACCOUNT, name, BASE, DIGEST)).isEmpty();
    assertThat(layers.stat(ACCOUNT, name, DIGEST)).isEmpty();
    assertThat(refs()).isOne();
  }

  @Test
  void aDoomedBlobIsNotMounted() {
    link(base, NOW, Optional.empty());
    blob(State.DOOMED);

    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST)).isEmpty();
    assertThat(stored(app)).isEmpty();
  }

  @Test
  void aSourceThatWasMadeAnewIsReadAnew() {
    link(base, NOW, Optional.empty());
    layers.stat(ACCOUNT, BASE, DIGEST);
    repositories.delete(ACCOUNT, BASE, true);
    blob(State.LIVE);
    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST)).isEmpty();

    base = create(BASE);
    link(base, NOW, Optional.empty());

    assertThat(layers.mount(ACCOUNT, APP, BASE, DIGEST)).isPresent();
  }

  @Test
  void aLayerOfTheRegistryIsSharedInTwoCallsAndCounted() {
    link(base, NOW, Optional.empty());
    blob(State.LIVE);
    layers.stat(ACCOUNT, APP, DIGEST);
    table.takeCalls();

    assertThat(layers.share(ACCOUNT, APP, DIGEST)).map(LayerLink::objectKey).contains("object");
    assertThat(table.takeCalls()).isEqualTo(2);
    assertThat(layers.share(ACCOUNT, APP, DIGEST)).isPresent();
    assertThat(refs()).isEqualTo(2);
  }

  @Test
  void toShareALinkThatIsAboutToBeRemovedTakesThatBack() {
    link(app, NOW, Optional.of("run"));
    blob(State.LIVE);

    assertThat(layers.share(ACCOUNT, APP, DIGEST)).isPresent();

    assertThat(stored(app).orElseThrow().doomed()).isEmpty();
    assertThat(refs()).isOne();
  }

  @Test
  void neitherADoomedBlobNorOneOfAnotherRegistryIsShared() {
    assertThat(layers.share(ACCOUNT, APP, DIGEST)).isEmpty();
    blob(State.DOOMED);
    assertThat(layers.share(ACCOUNT, APP, DIGEST)).isEmpty();
    blob(State.LIVE);
    repositories.create("111122223333", APP, Settings.defaults(), Map.of());
    assertThat(layers.share("111122223333", APP, DIGEST)).isEmpty();
    assertThat(stored(app)).isEmpty();
  }

  private Repository create(RepositoryName name) {
    return repositories.create(ACCOUNT, name, Repository.Settings.defaults(), Map.of());
  }

  private void link(Repository repository, Instant touchedAt, Optional<String> doomed) {
    var link = new LayerLink(DIGEST, "object", 5, touchedAt, doomed);
    table.transact(Action.put(link.toItem(repository.id())));
  }

  private void blob(State state) {
    var blob = new Blob("object", 5, 1, state);
    table.transact(Action.put(blob.toItem(Keys.blob(ACCOUNT, app.encryptionKey(), DIGEST))));
  }

  private long refs() {
    return table
        .get(Keys.blob(ACCOUNT, app.encryptionKey(), DIGEST), Consistency.STRONG)
        .map(Blob::of)
        .orElseThrow()
        .refs();
  }

  private Optional<LayerLink> stored(Repository repository) {
    return table.get(Keys.layer(repository.id(), DIGEST), Consistency.STRONG).map(LayerLink::of);
  }
}
