package dev.berth.registry.repository;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.RegistryException.RepositoryNotEmpty;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoriesTest {

  private final Registry registry = new Registry();
  private final Repositories repositories = registry.repositories;

  @Test
  void aNameIsTakenOnce() {
    assertThatThrownBy(() -> create("team/app"))
        .isInstanceOf(RepositoryAlreadyExists.class)
        .hasMessage(
            "The repository with name 'team/app' already exists in the registry with id"
                + " '123456789012'");
  }

  @Test
  void theSameNameInAnotherRegistryIsAnotherRepository() {
    var other = repositories.create("111122223333", APP, Settings.defaults(), Map.of());
    assertThat(other.id()).isNotEqualTo(registry.reader.require(ACCOUNT, APP).id());
  }

  @Test
  void repositoriesAreListedByName() {
    create("zebra");
    create("ant");
    var first = repositories.list(ACCOUNT, Optional.empty(), 2);
    assertThat(first.entries())
        .extracting(one -> one.name().value())
        .containsExactly("ant", "team/app");
    var second = repositories.list(ACCOUNT, first.next(), 2);
    assertThat(second.entries()).extracting(one -> one.name().value()).containsExactly("zebra");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aRepositoryWithImagesIsDeletedByForceAlone() {
    registry.push(registry.image("one"));
    assertThatThrownBy(() -> repositories.delete(ACCOUNT, APP, false))
        .isInstanceOf(RepositoryNotEmpty.class);
    repositories.delete(ACCOUNT, APP, true);
    assertThatThrownBy(() -> registry.reader.require(ACCOUNT, APP))
        .isInstanceOf(RepositoryNotFound.class);
    assertThat(repositories.list(ACCOUNT, Optional.empty(), 10).entries()).isEmpty();
  }

  @Test
  void aRepositoryMadeAnewHasNothingOfTheOldOne() {
    registry.push(registry.image("one"), "latest");
    repositories.delete(ACCOUNT, APP, true);
    create("team/app");
    assertThat(registry.listing.tags(ACCOUNT, APP, Optional.empty(), 10).entries()).isEmpty();
    assertThat(registry.imageCount()).isZero();
  }

  @Test
  void aDeletedRepositoryIsSweptAtOnceAndAgainAnHourLater() {
    var digest = registry.push(registry.image("one"), "latest").digest();
    registry.push(Registry.index(digest), "multi");
    registry.push(registry.image("signature", Registry.referringTo(digest)));
    repositories.delete(ACCOUNT, APP, true);
    registry.sweeper.run();
    assertThat(partitions()).containsOnly("B", "O", "Q", "Z", "W");
    registry.passes(Duration.ofMinutes(61));
    registry.sweeper.run();
    assertThat(partitions()).containsOnly("B", "O", "Q", "Z");
  }

  private void create(String name) {
    repositories.create(ACCOUNT, new RepositoryName(name), Settings.defaults(), Map.of());
  }

  private List<String> partitions() {
    return registry.table.all().stream()
        .map(item -> item.key().partition().replaceAll("#.*", ""))
        .distinct()
        .toList();
  }
}
