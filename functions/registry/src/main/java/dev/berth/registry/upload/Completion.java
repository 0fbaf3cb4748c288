package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one object of what an upload holds, and makes sure of its digest. */
final class Completion {

  private static final int READ_SIZE = 1 << 20;

  private final Objects objects;

  Completion(Objects objects) {
    this.objects = objects;
  }

  /**
   * The object with all bytes, under its digest.
   *
   * @throws InvalidLayer if the bytes have another digest; the upload is over then, as it is in
   *     CNCF's distribution, unless someone else went on with it
   */
  Piece verified(Fence fence, Content content, Digest named) {
    Content whole = whole(fence, content);
    Piece object = whole.tail().orElseThrow();
    Digest actual =
        whole.hash().by(named.algorithm()).orElseGet(() -> hash(fence, object, named.algorithm()));
    if (!actual.equals(named)) {
      if (fence.cancel()) {
        Discard.object(objects, object);
      }
      throw new InvalidLayer(named, actual);
    }
    return object;
  }

  private Content whole(Fence fence, Content content) {
    if (content.parts().isPresent()) {
      return joined(fence, content, content.parts().get());
    }
    return content.tail().isPresent() ? content : empty(fence);
  }

  /** A layer without bytes is an object without bytes. */
  private Content empty(Fence fence) {
    var object = new Piece(fence.binding().freshObjectKey(), 0);
    objects.put(object.key(), ByteBuffer.allocate(0), fence.binding().objectEncryption());
    return Content.of(object, new Hash.Unknown());
  }

  /** The parts are used up by this, so the upload is taken from all other writers first. */
  private Content joined(Fence fence, Content content, OpenParts open) {
    OpenParts reserving = open.reserving(1);
    fence.save(new Content(Optional.of(reserving), content.tail(), content.hash()));
    var object = new Piece(open.key(), content.received());
    try {
      return join(content, open) ? Content.of(object, content.hash()) : joinedBefore(object);
    } catch (StoreException e) {
      if (exists(object)) {
        return joinedBefore(object);
      }
      throw fence.explained(e);
    }
  }

  /** Another commit of the upload came this far: its object is good if it has the digest. */
  private static Content joinedBefore(Piece object) {
    return Content.of(object, new Hash.Unknown());
  }

  /** False where the parts are not there any more. */
  private boolean join(Content content, OpenParts open) {
    Optional<List<Part>> parts = open.among(objects.parts(open.key(), open.multipart()));
    if (parts.isEmpty()) {
      return false;
    }
    List<Part> all = new ArrayList<>(parts.get());
    content.tail().ifPresent(tail -> all.add(written(open, tail)));
    objects.complete(open.key(), open.multipart(), all);
    content.tail().ifPresent(tail -> Discard.object(objects, tail));
    return true;
  }

  private boolean exists(Piece object) {
    try (InputStream in = objects.get(object.key(), 0, 0)) {
      return in != null;
    } catch (NoSuchObjectException absent) {
      return false;
    } catch (IOException e) {
      throw new StoreException("cannot read " + object.key(), e);
    }
  }

  private Part written(OpenParts open, Piece tail) {
    try (InputStream in = objects.get(tail.key(), 0, tail.size())) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return objects.part(open.key(), open.multipart(), open.next(), bytes);
    } catch (IOException e) {
      throw new StoreException("cannot read " + tail.key(), e);
    }
  }

  /**
   * Reads the object, which may be missing: an earlier commit may have joined the parts and stopped
   * there, and then it is found here, or it is gone for good.
   */
  private Digest hash(Fence fence, Piece object, Algorithm algorithm) {
    MessageDigest hash = algorithm.newMessageDigest();
    long read = 0;
    try (InputStream in = objects.get(object.key(), 0, object.size() + 1)) {
      byte[] buffer = new byte[Math.clamp(object.size(), 1, READ_SIZE)];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hash.update(buffer, 0, count);
        read += count;
      }
    } catch (NoSuchObjectException gone) {
      throw fence.binding().notFound();
    } catch (IOException e) {
      throw new StoreException("cannot read " + object.key(), e);
    }
    if (read != object.size()) {
      throw fence.binding().notFound();
    }
    return Digest.of(algorithm, hash.digest());
  }
}
