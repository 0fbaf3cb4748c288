package dev.berth.registry.layer;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which layers a repository has. To look at a link that nobody touched for half a day touches it,
 * so that a client that was told a layer is there has time to push the image that names it.
 */
public final class Layers {

  /** What one read takes beside the repository itself. */
  private static final int MOST_AT_ONCE = Table.MOST - 1;

  private final Table table;
  private final RepositoryReader repositories;
  private final EncryptionKeys keys;
  private final Clock clock;

  public Layers(Table table, RepositoryReader repositories, EncryptionKeys keys, Clock clock) {
    this.table = table;
    this.repositories = repositories;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * A layer, if the repository has it.
   *
   * @throws RepositoryNotFound if there is no such repository
   */
  public Optional<LayerLink> stat(String account, RepositoryName name, Digest digest) {
    return find(account, name, digest, Consistency.EVENTUAL)
        .or(() -> find(account, name, digest, Consistency.STRONG));
  }

  private Optional<LayerLink> find(
      String account, RepositoryName name, Digest digest, Consistency consistency) {
    return Optional.ofNullable(find(account, name, List.of(digest), consistency).get(digest));
  }

  /**
   * A layer whose bytes are asked for.
   *
   * @throws RepositoryNotFound if there is no such repository
   * @throws dev.berth.registry.RegistryException.KmsFailed if the repository's key cannot be used
   */
  public Optional<LayerLink> open(String account, RepositoryName name, Digest digest) {
    Optional<LayerLink> layer = stat(account, name, digest);
    repositories
        .remembered(account, name)
        .map(Repository::encryption)
        .ifPresent(keys::requireUsable);
    return layer;
  }

  /**
   * Those of the layers that the repository has: one read per 99 of them.
   *
   * @throws RepositoryNotFound if there is no such repository
   */
  public Map<Digest, LayerLink> availability(
      String account, RepositoryName name, Collection<Digest> digests) {
    List<Digest> distinct = digests.stream().distinct().toList();
    Map<Digest, LayerLink> available = new LinkedHashMap<>();
    for (int from = 0; from < distinct.size(); from += MOST_AT_ONCE) {
      int to = Math.min(from + MOST_AT_ONCE, distinct.size());
      available.putAll(find(account, name, distinct.subList(from, to), Consistency.STRONG));
    }
    return available;
  }

  private Map<Digest, LayerLink> find(
      String account, RepositoryName name, List<Digest> digests, Consistency consistency) {
    var found =
        repositories.read(
            account,
            name,
            consistency,
            repository ->
                digests.stream().map(digest -> Keys.layer(repository.id(), digest)).toList());
    String repositoryId = found.repository().id();
    Map<Key, LayerLink> links = new LinkedHashMap<>();
    for (Digest digest : digests) {
      Key key = Keys.layer(repositoryId, digest);
      Optional.ofNullable(found.items().get(key))
          .map(LayerLink::of)
          .ifPresent(link -> links.put(key, link));
    }
    touch(links);
    return links.values().stream()
        .collect(Collectors.toMap(LayerLink::digest, Function.identity()));
  }

  /** Revives the stale ones in one write, and drops those that are gone by then. */
  private void touch(Map<Key, LayerLink> links) {
    Instant now = clock.instant();
    List<Key> stale =
        links.entrySet().stream()
            .filter(entry -> entry.getValue().isStale(now))
            .map(Map.Entry::getKey)
            .toList();
    while (!stale.isEmpty()) {
      List<Action> actions = stale.stream().map(key -> LayerLink.revive(key, now)).toList();
      if (!(table.transact(actions) instanceof Outcome.Refused refused)) {
        stale.forEach(key -> links.computeIfPresent(key, (k, link) -> link.revivedAt(now)));
        return;
      }
      refused.actions().stream().map(stale::get).forEach(links::remove);
      stale = stale.stream().filter(links::containsKey).toList();
    }
  }

  /**
   * Links a layer of one repository into another of the same registry, without its bytes. Whoever
   * calls this has made sure that the caller may read the source.
   *
   * @return the link, whether made now or there before; empty where the layer has to be pushed: no
   *     such source or layer, another encryption key, or a blob that is being collected
   * @throws RepositoryNotFound if the target does not exist
   */
  public Optional<LayerLink> mount(
      String account, RepositoryName name, RepositoryName from, Digest digest) {
    return new Mount(table, repositories, clock, account, digest).into(name, from);
  }

  /**
   * Links a layer that the registry has, whichever repository it is in, without its bytes. Whoever
   * calls this has made sure that the caller knows the bytes, or never gets to read them.
   *
   * @return the link, whether made now or there before; empty where the registry has no such layer
   *     with the repository's encryption key, or it is being collected
   * @throws RepositoryNotFound if the repository does not exist
   */
  public Optional<LayerLink> share(String account, RepositoryName name, Digest digest) {
    return new Sharing(table, repositories, clock, account, digest).into(name);
  }
}
