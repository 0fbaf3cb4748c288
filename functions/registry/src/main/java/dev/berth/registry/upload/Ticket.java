package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.secret.Sealer;
import dev.berth.registry.encryption.Encryption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the client of an upload carries from request to request, sealed. It spares the table all
 * reads and writes of an upload whose bytes come in one body.
 *
 * @param version of the upload's record when the ticket was written; 0 where there is none
 * @param whole the object with all bytes so far, where there is one
 */
record Ticket(Binding binding, long version, Optional<Whole> whole) {

  private static final int FORMAT = 1;

  /** A complete object and its digest by the upload's algorithm. */
  record Whole(Piece object, Digest digest) {
    Content content() {
      return Content.of(object, new Hash.Finished(digest));
    }
  }

  static Ticket of(Binding binding, long version, Content content) {
    Optional<Whole> whole =
        content.parts().isEmpty() && content.hash() instanceof Hash.Finished(Digest digest)
            ? content.tail().map(object -> new Whole(object, digest))
            : Optional.empty();
    return new Ticket(binding, version, whole);
  }

  Content content() {
    return whole.map(Whole::content).orElse(Content.EMPTY);
  }

  /** Whether nothing came yet, as far as the ticket tells. */
  boolean isFresh() {
    return version == 0 && whole.isEmpty();
  }

  String seal(Sealer sealer) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(binding.uploadId());
      out.writeUTF(binding.uploader().account());
      out.writeUTF(binding.uploader().name().value());
      out.writeUTF(binding.uploader().principalId());
      out.writeUTF(binding.repositoryId());
      out.writeUTF(binding.encryption().id());
      out.writeLong(binding.expiresAt().toEpochMilli());
      out.writeUTF(binding.announced().map(Algorithm::name).orElse(""));
      out.writeLong(version);
      out.writeBoolean(whole.isPresent());
      if (whole.isPresent()) {
        out.writeUTF(whole.get().object().key());
        out.writeLong(whole.get().object().size());
        out.writeUTF(whole.get().digest().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return sealer.seal(bytes.toByteArray());
  }

  /** Empty for anything that this deployment did not seal, or sealed in another format. */
  static Optional<Ticket> open(Sealer sealer, String sealed) {
    return sealer.open(sealed).flatMap(Ticket::read);
  }

  private static Optional<Ticket> read(byte[] payload) {
    try (var in = new DataInputStream(new ByteArrayInputStream(payload))) {
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      String id = in.readUTF();
      var uploader = new Uploader(in.readUTF(), new RepositoryName(in.readUTF()), in.readUTF());
      var binding =
          new Binding(
              id,
              uploader,
              in.readUTF(),
              Encryption.of(in.readUTF()),
              Instant.ofEpochMilli(in.readLong()),
              Optional.of(in.readUTF()).filter(name -> !name.isEmpty()).map(Algorithm::valueOf));
      return Optional.of(new Ticket(binding, in.readLong(), readWhole(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("a ticket that was sealed cannot be read", e);
    }
  }

  private static Optional<Whole> readWhole(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    var object = new Piece(in.readUTF(), in.readLong());
    return Optional.of(new Whole(object, Digest.parse(in.readUTF()).orElseThrow()));
  }
}
