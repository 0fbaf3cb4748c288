package dev.berth.registry.fsck;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.image.FindingsObjects;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Whether the findings of images are where their items say. */
final class FindingsCheck {

  private final Objects objects;
  private final Faults faults;

  FindingsCheck(Objects objects, Faults faults) {
    this.objects = objects;
    this.faults = faults;
  }

  /**
   * @param row an image, or a tag of one, which has none
   */
  void check(Repository repository, Item row) {
    FindingsObjects.of(row)
        .flatMap(this::fault)
        .ifPresent(
            fault ->
                faults.tell(
                    "%s: image %s: %s".formatted(repository.name(), row.key().sort(), fault)));
  }

  private Optional<String> fault(String objectKey) {
    try (InputStream in = objects.get(objectKey, 0, 1)) {
      in.readAllBytes();
      return Optional.empty();
    } catch (NoSuchObjectException e) {
      return Optional.of("its findings " + objectKey + " are missing");
    } catch (IOException | StoreException | KmsFailed e) {
      return Optional.of("its findings cannot be read: " + e.getMessage());
    }
  }
}
