using System.Buffers.Binary;
using System.IO.Compression;

namespace ListeningBot.Core.Alerting.Charts;

/// <summary>Writes pixels as a PNG file: 8 bits a channel, red, green and blue, one image (W3C Portable Network Graphics, third edition).</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];
    private static readonly uint[] Crc = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <param name="pixels">0xRRGGBB, row by row from the top.</param>
    public static byte[] Of(ReadOnlySpan<int> pixels, int width)
    {
        var height = pixels.Length / width;
        var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR"u8, Header(width, height));
        Chunk(file, "IDAT"u8, Compressed(pixels, width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return header;
    }

    /// <summary>Each row begins with its filter: none.</summary>
    private static byte[] Compressed(ReadOnlySpan<int> pixels, int width)
    {
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            for (var at = 0; at < pixels.Length; at += width)
            {
                for (var x = 0; x < width; x++)
                {
                    var pixel = pixels[at + x];
                    (row[1 + x * 3], row[2 + x * 3], row[3 + x * 3]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
                }
                zlib.Write(row);
            }
        }
        return data.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Sum(data, Sum(type, 0xFFFFFFFF)));
        file.Write(number);
    }

    private static uint Sum(ReadOnlySpan<byte> data, uint sum)
    {
        foreach (var one in data)
        {
            sum = Crc[(sum ^ one) & 0xFF] ^ (sum >> 8);
        }
        return sum;
    }

    private static uint CrcOf(int number)
    {
        var sum = (uint)number;
        for (var bit = 0; bit < 8; bit++)
        {
            sum = (sum & 1) == 1 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }
        return sum;
    }
}
