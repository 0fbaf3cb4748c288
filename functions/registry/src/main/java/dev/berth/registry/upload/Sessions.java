package dev.berth.registry.upload;

import dev.berth.core.secret.Sealer;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.upload.UploadRecord.ApiParts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Finds the upload that a request means, and makes sure that it is the requester's to go on with.
 */
final class Sessions {

  private final RepositoryReader repositories;
  private final Clock clock;

  Sessions(RepositoryReader repositories, Clock clock) {
    this.repositories = repositories;
    this.clock = clock;
  }

  /**
   * The ticket in a request, without a call to the table.
   *
   * @throws UploadNotFound if it is forged, expired, another upload's or somebody else's
   */
  Ticket ticket(Sealer sealer, Uploader uploader, String id, String state) {
    return Ticket.open(sealer, state)
        .filter(ticket -> ticket.binding().uploadId().equals(id))
        .filter(ticket -> ticket.binding().isFor(uploader, clock.instant()))
        .orElseThrow(() -> Binding.notFound(uploader, id));
  }

  /**
   * The upload of a ticket, by its record or, while there is none, by the ticket.
   *
   * @return open or over
   */
  UploadRecord find(Ticket ticket) {
    Binding binding = ticket.binding();
    Found found = read(binding.uploader(), binding.uploadId());
    UploadRecord upload =
        record(found, binding.uploadId())
            .or(() -> unrecorded(ticket))
            .orElseThrow(binding::notFound);
    return checked(found, upload, binding.uploader());
  }

  /**
   * An upload that is known by its id alone.
   *
   * @return open or over
   * @throws UploadNotFound if there is none, or it is somebody else's
   */
  UploadRecord find(Uploader uploader, String id) {
    Found found = read(uploader, id);
    UploadRecord upload = record(found, id).orElseThrow(() -> Binding.notFound(uploader, id));
    return checked(found, upload, uploader);
  }

  /**
   * @throws UploadNotFound if the upload is over
   */
  static UploadRecord requireOpen(UploadRecord upload) {
    if (!upload.isOpen()) {
      throw upload.binding().notFound();
    }
    return upload;
  }

  private Found read(Uploader uploader, String id) {
    List<Key> keys = List.of(Keys.upload(id));
    return repositories.read(
        uploader.account(), uploader.name(), Consistency.STRONG, repository -> keys);
  }

  private static Optional<UploadRecord> record(Found found, String id) {
    return Optional.ofNullable(found.items().get(Keys.upload(id))).map(UploadItem::read);
  }

  private static Optional<UploadRecord> unrecorded(Ticket ticket) {
    return ticket.version() == 0
        ? Optional.of(UploadRecord.open(ticket.binding(), 0, ticket.content(), ApiParts.NONE))
        : Optional.empty();
  }

  private UploadRecord checked(Found found, UploadRecord upload, Uploader uploader) {
    Binding binding = upload.binding();
    boolean good =
        binding.isFor(uploader, clock.instant())
            && binding.repositoryId().equals(found.repository().id());
    if (!good) {
      throw Binding.notFound(uploader, binding.uploadId());
    }
    return upload;
  }
}
