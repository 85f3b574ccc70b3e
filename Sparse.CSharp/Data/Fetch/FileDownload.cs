using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using SparseHybrid.Runs;

namespace SparseHybrid.Data.Fetch;

/// <summary>Downloads one file: tries again, goes on where it stopped, compares the checksum, renames.</summary>
internal sealed class FileDownload(HttpClient client, FetchOptions options, TimeProvider clock)
{
    private const int PieceBytes = 1 << 16;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Brings a file to its path, if it is not there.</summary>
    /// <param name="file">What is published of it.</param>
    /// <param name="path">Its final name; the unfinished file has <see cref="AtomicFile.PartialSuffix"/> behind it.</param>
    /// <param name="received">Told how many bytes are here.</param>
    /// <param name="cancellationToken">Stops; the unfinished file stays.</param>
    public async Task<FetchOutcome> RunAsync(PublishedFile file, string path, Action<long> received, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            await CheckPresentAsync(file, path, cancellationToken).ConfigureAwait(false);
            received(file.Bytes);
            return FetchOutcome.AlreadyHere;
        }

        var partial = path + AtomicFile.PartialSuffix;
        var isResumed = Length(partial) > 0;
        await ReceiveAsync(file, partial, received, cancellationToken).ConfigureAwait(false);
        var digest = await DigestAsync(partial, cancellationToken).ConfigureAwait(false);
        if (digest != file.Sha256 && isResumed)
        {
            // The earlier part may be of another file: once more, from the beginning.
            isResumed = false;
            Writing(path, () => File.Delete(partial));
            await ReceiveAsync(file, partial, received, cancellationToken).ConfigureAwait(false);
            digest = await DigestAsync(partial, cancellationToken).ConfigureAwait(false);
        }

        if (digest != file.Sha256)
        {
            Writing(path, () => File.Delete(partial));
            throw new DataException(
                path,
                what: $"What was received is not the published {file.Name}; it was removed.",
                why: $"Its SHA-256 is {digest}; expected {file.Sha256}.",
                fix: "Fetch it from another place (--url), or put the file there yourself.");
        }

        Writing(path, () => File.Move(partial, path));
        return isResumed ? FetchOutcome.Resumed : FetchOutcome.Fetched;
    }

    private static async Task CheckPresentAsync(PublishedFile file, string path, CancellationToken cancellationToken)
    {
        var digest = await DigestAsync(path, cancellationToken).ConfigureAwait(false);
        if (digest != file.Sha256)
        {
            throw new DataException(
                path,
                what: $"'{path}' is there, but is not the published file.",
                why: $"Its SHA-256 is {digest}; expected {file.Sha256}.",
                fix: "Remove it to have it fetched, or choose another folder (--out).");
        }
    }

    // Passing failures are tried again, each time at the next place; a place that lacks the file is not asked again.
    private async Task ReceiveAsync(PublishedFile file, string partial, Action<long> received, CancellationToken cancellationToken)
    {
        var places = new List<Uri>(options.Place is { } only ? [only] : file.Places.Select(place => new Uri(place)));
        var failures = 0;
        while (true)
        {
            var place = places[failures % places.Count];
            var before = Length(partial);
            try
            {
                await ReceiveFromAsync(new Uri($"{place.AbsoluteUri.TrimEnd('/')}/{file.Name}"), file, partial, received, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RefusedException refusal)
            {
                places.Remove(place);
                if (places.Count == 0)
                {
                    throw Unavailable(file, partial, refusal.Message, refusal);
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
            {
                failures = Length(partial) > before ? 1 : failures + 1;
                if (failures >= options.Attempts)
                {
                    throw Unavailable(file, partial, $"{failures} attempts failed in a row, the last: {error.Message}", error);
                }

                await Task.Delay(Delay(failures), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Delay(int failures)
    {
        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 20));
        return doubled < LongestDelay ? doubled : LongestDelay;
    }

    private async Task ReceiveFromAsync(Uri address, PublishedFile file, string partial, Action<long> received, CancellationToken cancellationToken)
    {
        var done = Length(partial);
        if (done == file.Bytes)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = done > 0 && done < file.Bytes ? new RangeHeaderValue(done, null) : null;
        using var response = await PatientlyAsync(
            token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
        CheckStatus(address, response);
        var isContinued = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == done;
        if (response.StatusCode == HttpStatusCode.PartialContent && !isContinued)
        {
            throw new RefusedException($"{address} sent another part of the file than was asked for.");
        }

        done = isContinued ? done : 0;
        if (response.Content.Headers.ContentLength is { } length && done + length != file.Bytes)
        {
            throw new RefusedException($"{address} has {done + length} bytes; the published file has {file.Bytes}.");
        }

        using var output = Writing(partial, () => new FileStream(
            partial, isContinued ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0));
        using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(address, content, output, done, file.Bytes, received, cancellationToken).ConfigureAwait(false);
        Writing(partial, () => output.Flush(flushToDisk: true));
    }

    private async Task CopyAsync(
        Uri address, Stream content, FileStream output, long done, long expected, Action<long> received, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        while (true)
        {
            var count = await PatientlyAsync(token => content.ReadAsync(piece, token).AsTask(), cancellationToken).ConfigureAwait(false);
            done += count;
            if (done > expected)
            {
                throw new RefusedException($"{address} sends more than the {expected} bytes of the published file.");
            }

            if (count == 0)
            {
                break;
            }

            Writing(output.Name, () => output.Write(piece, 0, count));
            received(done);
        }

        if (done < expected)
        {
            throw new IOException($"{address} ended after {done} of {expected} bytes.");
        }
    }

    // A refusal of this very request is final; an overload or a failure of the server may pass.
    private static void CheckStatus(Uri address, HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return;
        }

        var answer = $"{address} answered {(int)response.StatusCode} ({response.ReasonPhrase}).";
        throw (int)response.StatusCode is >= 500 or 408 or 425 or 429 ? new HttpRequestException(answer) : new RefusedException(answer);
    }

    private async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Patience);
        try
        {
            return await wait(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing came for {options.Patience.TotalSeconds:0.#} seconds.");
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static void Writing(string path, Action write) => Writing(path, () =>
    {
        write();
        return true;
    });

    // A failure of the disk is no failure of the network: it is not tried again.
    private static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                path,
                what: $"Cannot write '{path}'.",
                why: error.Message,
                fix: "Make room or choose another folder (--out); what has been received is kept, and fetching again goes on from there.",
                error);
        }
    }

    private static DataException Unavailable(PublishedFile file, string partial, string why, Exception inner) =>
        new(
            partial,
            what: $"Cannot fetch {file.Name}.",
            why: why,
            fix: Length(partial) > 0
                ? $"The {Length(partial)} bytes received are kept: fetch again to go on from there, or name another place (--url)."
                : "Check the network (HTTPS_PROXY is heeded), or name another place (--url).",
            inner);

    /// <summary>A place does not have the file.</summary>
    private sealed class RefusedException(string message) : Exception(message);
}
